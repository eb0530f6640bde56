import { Module } from '@nestjs/common';
import { EnvelopesController } from './http/envelopes.controller.js';
import { FundersController } from './http/funders.controller.js';
import { EnvelopeRepository } from './persistence/envelope.repository.js';
import { Funders } from './persistence/funder.repository.js';
import { FundingLineRepository } from './persistence/funding-line.repository.js';
import { Ledger } from './persistence/ledger.js';
import { TrancheLineRepository } from './persistence/tranche-line.repository.js';
import { AdjustEnvelope } from './use-cases/adjust-envelope.js';
import { EnvelopeQueries } from './use-cases/envelope.queries.js';
import { FunderQueries } from './use-cases/funder.queries.js';
import { FundingLines } from './use-cases/funding-lines.js';
import { OpenEnvelope } from './use-cases/open-envelope.js';
import { TrancheLines } from './use-cases/tranche-lines.js';

@Module({
  controllers: [FundersController, EnvelopesController],
  providers: [
    Funders,
    FunderQueries,
    FundingLineRepository,
    Ledger,
    FundingLines,
    EnvelopeRepository,
    OpenEnvelope,
    AdjustEnvelope,
    EnvelopeQueries,
    TrancheLineRepository,
    TrancheLines,
  ],
  exports: [Funders, FundingLines, TrancheLines],
})
export class FundingModule {}
