import { Module } from '@nestjs/common';
import { FundingLineRepository } from './persistence/funding-line.repository.js';
import { Ledger } from './persistence/ledger.js';
import { FundingLines } from './use-cases/funding-lines.js';

@Module({
  providers: [FundingLineRepository, Ledger, FundingLines],
  exports: [FundingLines],
})
export class FundingModule {}
