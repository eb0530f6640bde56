import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { FUNDING_EVENTS } from './funding.events.js';
import { EnvelopesController } from './http/envelopes.controller.js';
import { FundersController } from './http/funders.controller.js';
import { PocketLimitsController } from './http/pocket-limits.controller.js';
import { SubEnvelopesController } from './http/sub-envelopes.controller.js';
import { EnvelopeRepository } from './persistence/envelope.repository.js';
import { Funders } from './persistence/funder.repository.js';
import { FundingLineRepository } from './persistence/funding-line.repository.js';
import { Ledger } from './persistence/ledger.js';
import { TrancheLineRepository } from './persistence/tranche-line.repository.js';
import { PocketLimitRepository } from './persistence/pocket-limit.repository.js';
import { AdjustEnvelope } from './use-cases/adjust-envelope.js';
import { CloseEnvelope } from './use-cases/close-envelope.js';
import { DelegateCredit } from './use-cases/delegate-credit.js';
import { EnterPocketLimit } from './use-cases/enter-pocket-limit.js';
import { EnvelopeKeeping } from './use-cases/envelope-keeping.js';
import { EnvelopeQueries } from './use-cases/envelope.queries.js';
import { FunderQueries } from './use-cases/funder.queries.js';
import { FundingLines } from './use-cases/funding-lines.js';
import { OpenEnvelope } from './use-cases/open-envelope.js';
import { TrancheLines } from './use-cases/tranche-lines.js';
import { OpenSubEnvelope } from './use-cases/open-sub-envelope.js';
import { PocketLimitQueries } from './use-cases/pocket-limit.queries.js';
import { TakeCreditBack } from './use-cases/take-credit-back.js';
import { Transfers } from './use-cases/transfers.js';

@Module({
  controllers: [FundersController, EnvelopesController, SubEnvelopesController, PocketLimitsController],
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
    EnvelopeKeeping,
    Transfers,
    OpenSubEnvelope,
    DelegateCredit,
    TakeCreditBack,
    CloseEnvelope,
    PocketLimitRepository,
    EnterPocketLimit,
    PocketLimitQueries,
  ],
  exports: [Funders, FundingLines, TrancheLines],
})
export class FundingModule implements OnModuleInit {
  constructor(private readonly jobs: JobRegistry) {}

  onModuleInit(): void {
    this.jobs.declare(...FUNDING_EVENTS);
  }
}
