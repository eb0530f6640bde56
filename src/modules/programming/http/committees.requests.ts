import { CalendarDay, Cents, NestedList, OneOf, Text, Uuid, UuidList, WholeNumber } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { COMMITTEE_DECISIONS, type CommitteeDecisionKind } from '../domain/committee-decision.js';

/** Most lines on one agenda. */
export const MOST_LINES = 5000;
const MOST_MEMBERS = 100;

export class CommitteesQuery extends ListQuery {
  @Uuid({ optional: true }) callId?: string;
}

export class CommitteeMemberRequest {
  @Uuid({ optional: true, description: 'Compte du membre, s’il en a un ici' }) userId?: string;
  @Text({ max: 200, optional: true, description: 'Absent : le nom du compte' }) name?: string;
  @Text({ max: 300 }) institution!: string;
  @Text({ max: 100, optional: true, description: 'Code du financeur qu’il représente' }) funderCode?: string;
}

export class CreateCommitteeRequest {
  @Uuid() callId!: string;
  @Text({ max: 300 }) title!: string;
  @CalendarDay() heldOn!: string;
  @Text({ max: 300, optional: true }) place?: string;
  @WholeNumber({ min: 1, max: MOST_MEMBERS, description: 'Nombre de membres présents qu’il faut' }) quorum!: number;
  @NestedList(() => CommitteeMemberRequest, { max: MOST_MEMBERS }) members!: CommitteeMemberRequest[];
}

export class ChangeCommitteeRequest {
  @Text({ max: 300, optional: true }) title?: string;
  @CalendarDay({ optional: true }) heldOn?: string;
  @Text({ max: 300, optional: true, nullable: true }) place?: string | null;
  @WholeNumber({ min: 1, max: MOST_MEMBERS, optional: true }) quorum?: number;
  @NestedList(() => CommitteeMemberRequest, { max: MOST_MEMBERS, optional: true, description: 'Remplace tous les membres' })
  members?: CommitteeMemberRequest[];
}

export class AgendaRequest {
  @UuidList({ max: MOST_LINES, min: 1 }) lineIds!: string[];
}

export class SessionRecusalRequest {
  @Uuid() memberId!: string;
  @Uuid() organisationId!: string;
  @Text({ max: 2000 }) reason!: string;
}

export class AttendanceRequest {
  @UuidList({ max: MOST_MEMBERS }) presentMemberIds!: string[];
  @NestedList(() => SessionRecusalRequest, { max: 1000 }) recusals!: SessionRecusalRequest[];
}

export class CommitteeDecisionRequest {
  @Uuid() lineId!: string;
  @OneOf(COMMITTEE_DECISIONS) decision!: CommitteeDecisionKind;
  @Cents({ min: 1, optional: true, description: 'Absent : celui du scénario adopté' }) amountCents?: number;
  @Uuid({ optional: true, description: 'Absent : celle du scénario adopté' }) envelopeId?: string;
  @Text({ max: 2000, optional: true, description: 'Nécessaire pour un ajournement ou un avis défavorable' }) reason?: string;
}

export class CommitteeDecisionsRequest {
  @NestedList(() => CommitteeDecisionRequest, { max: MOST_LINES, min: 1 }) decisions!: CommitteeDecisionRequest[];
}
