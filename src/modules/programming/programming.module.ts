import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { CallsModule } from '../calls/index.js';
import { FundingModule } from '../funding/index.js';
import { COMMITTEES } from './committees.wiring.js';
import { AnnouncementsController } from './http/announcements.controller.js';
import { ApprovalRulesController } from './http/approval-rules.controller.js';
import { DecisionImportsController } from './http/decision-imports.controller.js';
import { FundingLinesController } from './http/funding-lines.controller.js';
import { LineHistoryController } from './http/line-history.controller.js';
import { SignatureDelegationsController } from './http/signature-delegations.controller.js';
import { AnnounceResultsJob } from './jobs/announce-results.job.js';
import { AnnouncementRepository } from './persistence/announcement.repository.js';
import { ApprovalBatchRepository } from './persistence/approval-batch.repository.js';
import { ApprovalRuleRepository } from './persistence/approval-rule.repository.js';
import { ApprovalRepository } from './persistence/approval.repository.js';
import { DecisionImportRepository } from './persistence/decision-import.repository.js';
import { LineTrailRepository } from './persistence/line-trail.repository.js';
import { ProgrammingTable } from './persistence/programming-table.repository.js';
import { SignatureDelegationRepository } from './persistence/signature-delegation.repository.js';
import { PROGRAMMING_EVENTS } from './programming.events.js';
import { AnnounceResults } from './use-cases/announce-results.js';
import { ApprovalAuthority } from './use-cases/approval-authority.js';
import { ApprovalRuleQueries } from './use-cases/approval-rule.queries.js';
import { ApproveBatch } from './use-cases/approve-batch.js';
import { ApproveLine } from './use-cases/approve-line.js';
import { ApplyDecisionImport } from './use-cases/apply-decision-import.js';
import { DecisionImportQueries } from './use-cases/decision-import.queries.js';
import { ImportDecisions } from './use-cases/import-decisions.js';
import { RecordedDecisions } from './use-cases/recorded-decisions.js';
import { AskAnnouncement } from './use-cases/ask-announcement.js';
import { EndSignatureDelegation } from './use-cases/end-signature-delegation.js';
import { GrantSignatureDelegation } from './use-cases/grant-signature-delegation.js';
import { LineApproval } from './use-cases/line-approval.js';
import { LineHistoryQueries } from './use-cases/line-history.queries.js';
import { ProgrammingQueries } from './use-cases/programming.queries.js';
import { ProposeLine } from './use-cases/propose-line.js';
import { RecordDecision } from './use-cases/record-decision.js';
import { RefuseLine } from './use-cases/refuse-line.js';
import { ReleaseLine } from './use-cases/release-line.js';
import { SetApprovalRule } from './use-cases/set-approval-rule.js';

@Module({
  imports: [FundingModule, CallsModule],
  controllers: [
    ...COMMITTEES.controllers,
    ...[FundingLinesController, LineHistoryController, DecisionImportsController],
    ...[SignatureDelegationsController, ApprovalRulesController, AnnouncementsController],
  ],
  providers: [
    ...COMMITTEES.providers,
    ...[
      ProgrammingTable,
      SignatureDelegationRepository,
      AnnouncementRepository,
      ApprovalRepository,
      ApprovalRuleRepository,
      ApprovalBatchRepository,
    ],
    ...[LineTrailRepository, ProgrammingQueries, ApprovalRuleQueries, LineHistoryQueries, ApprovalAuthority, LineApproval],
    ...[ProposeLine, ApproveLine, ApproveBatch, RefuseLine, ReleaseLine, RecordDecision],
    ...[GrantSignatureDelegation, EndSignatureDelegation, SetApprovalRule],
    ...[DecisionImportRepository, DecisionImportQueries, RecordedDecisions, ImportDecisions, ApplyDecisionImport],
    ...[AskAnnouncement, AnnounceResults, AnnounceResultsJob],
  ],
  exports: [
    ApprovalAuthority,
    ProposeLine,
    ApproveLine,
    RefuseLine,
    ReleaseLine,
    RecordDecision,
    GrantSignatureDelegation,
    AskAnnouncement,
  ],
})
export class ProgrammingModule implements OnModuleInit {
  constructor(private readonly registry: JobRegistry) {}

  onModuleInit(): void {
    this.registry.declare(...PROGRAMMING_EVENTS);
  }
}
