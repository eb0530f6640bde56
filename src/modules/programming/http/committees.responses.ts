import { toJson } from '../../../kernel/money.js';
import { CalendarDay, Cents, Flag, Instant, Nested, NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import type { AgendaRow } from '../domain/agenda-row.js';
import { COMMITTEE_DECISIONS } from '../domain/committee-decision.js';
import type { Committee } from '../domain/committee.js';
import { COMMITTEE_STATES } from '../domain/committee.transitions.js';
import { FUNDING_LINE_STATES } from '../use-cases/programming.queries.js';

const MOST = 2_147_483_647;

export class CommitteeMemberResponse {
  @Uuid() id!: string;
  @Uuid({ nullable: true }) userId!: string | null;
  @Text({ max: 200 }) name!: string;
  @Text({ max: 300 }) institution!: string;
  @Text({ max: 100, nullable: true }) funderCode!: string | null;
  @Flag({ nullable: true, description: 'Nul tant que les présences ne sont pas notées' }) present!: boolean | null;
}

export class SessionRecusalResponse {
  @Uuid() memberId!: string;
  @Uuid() organisationId!: string;
  @Text({ max: 2000 }) reason!: string;
  @OneOf(['declared', 'automatic']) source!: string;
}

export class QuorumResponse {
  @WholeNumber({ min: 1, max: MOST }) required!: number;
  @WholeNumber({ min: 0, max: MOST }) present!: number;
  @WholeNumber({ min: 0, max: MOST }) members!: number;
  @Flag() reached!: boolean;
}

export class CommitteeResponse {
  @Uuid() id!: string;
  @WholeNumber({ min: 1, max: MOST }) version!: number;
  @OneOf(COMMITTEE_STATES) status!: string;
  @Uuid() callId!: string;
  @Text({ max: 300 }) title!: string;
  @CalendarDay() heldOn!: string;
  @Text({ max: 300, nullable: true }) place!: string | null;
  @Nested(() => QuorumResponse) quorum!: QuorumResponse;
  @WholeNumber({ min: 0, max: MOST, description: 'Lignes à l’ordre du jour' }) lineCount!: number;
  @NestedList(() => CommitteeMemberResponse, { max: 100 }) members!: CommitteeMemberResponse[];
  @NestedList(() => SessionRecusalResponse, { max: 1000 }) recusals!: SessionRecusalResponse[];
  @Instant({ nullable: true }) convenedAt!: string | null;
  @Instant({ nullable: true }) openedAt!: string | null;
  @Instant({ nullable: true }) appliedAt!: string | null;
  @Instant({ nullable: true }) closedAt!: string | null;
}

export class AgendaLineResponse {
  @WholeNumber({ min: 1, max: MOST }) position!: number;
  @Uuid() id!: string;
  @OneOf(FUNDING_LINE_STATES) status!: string;
  @Text({ max: 50 }) dossierNumber!: string;
  @Text({ max: 300 }) actionTitle!: string;
  @Uuid() organisationId!: string;
  @Text({ max: 300 }) organisationName!: string;
  @Text({ max: 100 }) funderCode!: string;
  @Text({ max: 300 }) funderName!: string;
  @WholeNumber({ min: 2024, max: 2100 }) year!: number;
  @Text({ max: 300, nullable: true }) scheme!: string | null;
  @Cents() requestedCents!: number;
  @OneOf(COMMITTEE_DECISIONS, { nullable: true }) decision!: string | null;
  @Cents({ nullable: true }) amountCents!: number | null;
  @Uuid({ nullable: true }) envelopeId!: string | null;
  @Text({ max: 2000, nullable: true }) reason!: string | null;
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

export function toCommitteeResponse(committee: Committee): CommitteeResponse {
  const { id, version, state, callId, title, heldOn, place, quorum, lineCount, members, recusals } = committee;
  const present = members.filter((member) => member.present === true).length;
  return {
    ...{ id, version, status: state, callId, title, heldOn, place, lineCount },
    quorum: { required: quorum, present, members: members.length, reached: present >= quorum },
    members: [...members],
    recusals: [...recusals],
    convenedAt: instant(committee.convenedAt),
    openedAt: instant(committee.openedAt),
    appliedAt: instant(committee.appliedAt),
    closedAt: instant(committee.closedAt),
  };
}

export function toAgendaLineResponse({
  lineId,
  lineState,
  requestedCents,
  amountCents,
  programme: _,
  ...row
}: AgendaRow): AgendaLineResponse {
  return {
    ...row,
    id: lineId,
    status: lineState,
    requestedCents: toJson(requestedCents),
    amountCents: amountCents === null ? null : toJson(amountCents),
  };
}
