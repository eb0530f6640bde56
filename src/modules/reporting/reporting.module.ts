import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { AgreementsModule } from '../agreements/index.js';
import { CallsModule } from '../calls/index.js';
import { DossiersModule } from '../dossiers/index.js';
import { FundingModule } from '../funding/index.js';
import { AttachmentsController } from './http/attachments.controller.js';
import { BlocksController } from './http/blocks.controller.js';
import { DateChangesController } from './http/date-changes.controller.js';
import { LineEndsController } from './http/line-ends.controller.js';
import { RepaymentsController } from './http/repayments.controller.js';
import { ReportsController } from './http/reports.controller.js';
import { BlockOverdueReportsJob } from './jobs/block-overdue-reports.job.js';
import { AttachmentRepository } from './persistence/attachment.repository.js';
import { DateChangeRepository } from './persistence/date-change.repository.js';
import { ObligationRepository } from './persistence/obligation.repository.js';
import { RepaymentRepository } from './persistence/repayment.repository.js';
import { ReportRepository } from './persistence/report.repository.js';
import { ReviewRepository } from './persistence/review.repository.js';
import { AskDateChange } from './use-cases/ask-date-change.js';
import { AskRepayment } from './use-cases/ask-repayment.js';
import { AttachToReport } from './use-cases/attach-to-report.js';
import { BlockOverdueReports } from './use-cases/block-overdue-reports.js';
import { CloseLine } from './use-cases/close-line.js';
import { DateChangeQueries } from './use-cases/date-change.queries.js';
import { DecideDateChange } from './use-cases/decide-date-change.js';
import { DeclareNotCarriedOut } from './use-cases/declare-not-carried-out.js';
import { EditReport } from './use-cases/edit-report.js';
import { EndRepayment } from './use-cases/end-repayment.js';
import { LiftBlock } from './use-cases/lift-block.js';
import { RepaymentQueries } from './use-cases/repayment.queries.js';
import { ReportFile } from './use-cases/report-file.js';
import { ReportQueries } from './use-cases/report.queries.js';
import { ReportReader } from './use-cases/report-reader.js';
import { ReportsLater } from './use-cases/reports-later.js';
import { ReviewRecord } from './use-cases/review-record.js';
import { ReviewReport } from './use-cases/review-report.js';
import { StartReport } from './use-cases/start-report.js';
import { SubmitReport } from './use-cases/submit-report.js';
import { REPORTING_EVENTS } from './reporting.events.js';

const REPOSITORIES = [
  ReportRepository,
  AttachmentRepository,
  ReviewRepository,
  ObligationRepository,
  RepaymentRepository,
  DateChangeRepository,
];
const SHARED = [ReportFile, ReportReader, ReportsLater, ReviewRecord];
const QUERIES = [ReportQueries, RepaymentQueries, DateChangeQueries];
const ACTS = [
  ...[StartReport, EditReport, AttachToReport, SubmitReport, ReviewReport, AskRepayment, EndRepayment, CloseLine, DeclareNotCarriedOut],
  ...[AskDateChange, DecideDateChange, BlockOverdueReports, LiftBlock],
];

@Module({
  imports: [AgreementsModule, CallsModule, DossiersModule, FundingModule],
  controllers: [
    ReportsController,
    AttachmentsController,
    RepaymentsController,
    LineEndsController,
    DateChangesController,
    BlocksController,
  ],
  providers: [...REPOSITORIES, ...SHARED, ...QUERIES, ...ACTS, BlockOverdueReportsJob],
  exports: ACTS,
})
export class ReportingModule implements OnModuleInit {
  constructor(private readonly registry: JobRegistry) {}

  onModuleInit(): void {
    this.registry.declare(...REPORTING_EVENTS);
  }
}
