import { Module, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../../platform/queue/index.js';
import { CallsModule } from '../calls/index.js';
import { FundingModule } from '../funding/index.js';
import { AnnouncementsController } from './http/announcements.controller.js';
import { CommitteeAgendaController } from './http/committee-agenda.controller.js';
import { CommitteeScenariosController } from './http/committee-scenarios.controller.js';
import { CommitteesController } from './http/committees.controller.js';
import { FundingLinesController } from './http/funding-lines.controller.js';
import { MinutesController } from './http/minutes.controller.js';
import { ScenariosController } from './http/scenarios.controller.js';
import { SignatureDelegationsController } from './http/signature-delegations.controller.js';
import { AnnounceResultsJob } from './jobs/announce-results.job.js';
import { AnnouncementRepository } from './persistence/announcement.repository.js';
import { CommitteeAgenda } from './persistence/committee-agenda.repository.js';
import { CommitteeMinutes } from './persistence/committee-minutes.repository.js';
import { CommitteeRepository } from './persistence/committee.repository.js';
import { ProgrammingTable } from './persistence/programming-table.repository.js';
import { ScenarioTotalsRepository } from './persistence/scenario-totals.repository.js';
import { ScenarioRepository } from './persistence/scenario.repository.js';
import { SignatureDelegationRepository } from './persistence/signature-delegation.repository.js';
import { PROGRAMMING_EVENTS } from './programming.events.js';
import { AdoptScenario } from './use-cases/adopt-scenario.js';
import { AnnounceResults } from './use-cases/announce-results.js';
import { ApplyCommittee } from './use-cases/apply-committee.js';
import { ApprovalAuthority } from './use-cases/approval-authority.js';
import { ApproveLine } from './use-cases/approve-line.js';
import { AskAnnouncement } from './use-cases/ask-announcement.js';
import { ChangeCommittee } from './use-cases/change-committee.js';
import { CloseCommittee } from './use-cases/close-committee.js';
import { CommitteeQueries } from './use-cases/committee.queries.js';
import { ConveneCommittee } from './use-cases/convene-committee.js';
import { CreateCommittee } from './use-cases/create-committee.js';
import { CreateScenario } from './use-cases/create-scenario.js';
import { GrantSignatureDelegation } from './use-cases/grant-signature-delegation.js';
import { MinutesQueries } from './use-cases/minutes.queries.js';
import { OpenCommittee } from './use-cases/open-committee.js';
import { ProgrammingQueries } from './use-cases/programming.queries.js';
import { ProposeLine } from './use-cases/propose-line.js';
import { PutOnAgenda } from './use-cases/put-on-agenda.js';
import { RecordAttendance } from './use-cases/record-attendance.js';
import { RecordCommitteeDecisions } from './use-cases/record-committee-decisions.js';
import { RecordDecision } from './use-cases/record-decision.js';
import { RefuseLine } from './use-cases/refuse-line.js';
import { ReleaseLine } from './use-cases/release-line.js';
import { RemoveFromAgenda } from './use-cases/remove-from-agenda.js';
import { ScenarioDesk } from './use-cases/scenario-desk.js';
import { ScenarioQueries } from './use-cases/scenario.queries.js';
import { SessionMembers } from './use-cases/session-members.js';
import { SetScenarioAmounts } from './use-cases/set-scenario-amounts.js';
import { SpreadRemainder } from './use-cases/spread-remainder.js';

@Module({
  imports: [FundingModule, CallsModule],
  controllers: [
    ...[FundingLinesController, SignatureDelegationsController, AnnouncementsController],
    ...[CommitteesController, CommitteeAgendaController, CommitteeScenariosController, MinutesController, ScenariosController],
  ],
  providers: [
    ...[ProgrammingTable, SignatureDelegationRepository, AnnouncementRepository, ProgrammingQueries, ApprovalAuthority],
    ...[ProposeLine, ApproveLine, RefuseLine, ReleaseLine, RecordDecision, GrantSignatureDelegation],
    ...[AskAnnouncement, AnnounceResults, AnnounceResultsJob],
    ...[CommitteeRepository, CommitteeAgenda, CommitteeMinutes, CommitteeQueries, MinutesQueries, SessionMembers],
    ...[CreateCommittee, ChangeCommittee, ConveneCommittee, PutOnAgenda, RemoveFromAgenda, RecordAttendance, OpenCommittee],
    ...[RecordCommitteeDecisions, ApplyCommittee, CloseCommittee],
    ...[ScenarioRepository, ScenarioTotalsRepository, ScenarioDesk, ScenarioQueries],
    ...[CreateScenario, SetScenarioAmounts, SpreadRemainder, AdoptScenario],
  ],
  exports: [ProposeLine, ApproveLine, RefuseLine, ReleaseLine, RecordDecision, GrantSignatureDelegation, AskAnnouncement],
})
export class ProgrammingModule implements OnModuleInit {
  constructor(private readonly registry: JobRegistry) {}

  onModuleInit(): void {
    this.registry.declare(...PROGRAMMING_EVENTS);
  }
}
