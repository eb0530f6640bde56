import { Module } from '@nestjs/common';
import { FundersController } from './http/funders.controller.js';
import { Funders } from './persistence/funder.repository.js';
import { FundingLineRepository } from './persistence/funding-line.repository.js';
import { Ledger } from './persistence/ledger.js';
import { FunderQueries } from './use-cases/funder.queries.js';
import { FundingLines } from './use-cases/funding-lines.js';

@Module({
  controllers: [FundersController],
  providers: [Funders, FunderQueries, FundingLineRepository, Ledger, FundingLines],
  exports: [Funders, FundingLines],
})
export class FundingModule {}
