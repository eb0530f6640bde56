import { CommitteeAgendaController } from './http/committee-agenda.controller.js';
import { CommitteeScenariosController } from './http/committee-scenarios.controller.js';
import { CommitteesController } from './http/committees.controller.js';
import { MinutesController } from './http/minutes.controller.js';
import { ScenariosController } from './http/scenarios.controller.js';
import { CommitteeAgenda } from './persistence/committee-agenda.repository.js';
import { CommitteeMinutes } from './persistence/committee-minutes.repository.js';
import { CommitteeRepository } from './persistence/committee.repository.js';
import { ScenarioTotalsRepository } from './persistence/scenario-totals.repository.js';
import { ScenarioRepository } from './persistence/scenario.repository.js';
import { AdoptScenario } from './use-cases/adopt-scenario.js';
import { ApplyCommittee } from './use-cases/apply-committee.js';
import { ChangeCommittee } from './use-cases/change-committee.js';
import { CloseCommittee } from './use-cases/close-committee.js';
import { CommitteeQueries } from './use-cases/committee.queries.js';
import { ConveneCommittee } from './use-cases/convene-committee.js';
import { CreateCommittee } from './use-cases/create-committee.js';
import { CreateScenario } from './use-cases/create-scenario.js';
import { MinutesQueries } from './use-cases/minutes.queries.js';
import { OpenCommittee } from './use-cases/open-committee.js';
import { PutOnAgenda } from './use-cases/put-on-agenda.js';
import { RecordAttendance } from './use-cases/record-attendance.js';
import { RecordCommitteeDecisions } from './use-cases/record-committee-decisions.js';
import { RemoveFromAgenda } from './use-cases/remove-from-agenda.js';
import { ScenarioDesk } from './use-cases/scenario-desk.js';
import { ScenarioQueries } from './use-cases/scenario.queries.js';
import { SessionMembers } from './use-cases/session-members.js';
import { SetScenarioAmounts } from './use-cases/set-scenario-amounts.js';
import { SpreadRemainder } from './use-cases/spread-remainder.js';

/** The committee: its sessions, its scenarios, its decisions, its minutes. */
export const COMMITTEES = {
  controllers: [CommitteesController, CommitteeAgendaController, CommitteeScenariosController, MinutesController, ScenariosController],
  providers: [
    ...[CommitteeRepository, CommitteeAgenda, CommitteeMinutes, CommitteeQueries, MinutesQueries, SessionMembers],
    ...[CreateCommittee, ChangeCommittee, ConveneCommittee, PutOnAgenda, RemoveFromAgenda, RecordAttendance, OpenCommittee],
    ...[RecordCommitteeDecisions, ApplyCommittee, CloseCommittee],
    ...[ScenarioRepository, ScenarioTotalsRepository, ScenarioDesk, ScenarioQueries],
    ...[CreateScenario, SetScenarioAmounts, SpreadRemainder, AdoptScenario],
  ],
};
