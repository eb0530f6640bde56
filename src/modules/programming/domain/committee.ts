import type { Day } from '../../../kernel/day.js';
import { AgendaEmpty, MemberUnknown, QuorumNotReached, QuorumOutOfReach } from './committee.errors.js';
import { nextCommitteeState, type CommitteeState } from './committee.transitions.js';

export interface CommitteeMember {
  readonly id: string;
  /** Null: sits without an account here. */
  readonly userId: string | null;
  readonly name: string;
  readonly institution: string;
  /** Of the funder they speak for, if any. */
  readonly funderCode: string | null;
  /** Null until the attendance is recorded. */
  readonly present: boolean | null;
}

/** A member takes no part in what is said of an organisation. */
export interface SessionRecusal {
  readonly memberId: string;
  readonly organisationId: string;
  readonly reason: string;
  /** `automatic`: they belong to it, or declared a conflict of interest, whatever is said in the session. */
  readonly source: 'declared' | 'automatic';
}

/** One session of the committee that proposes what each funder grants. */
export interface Committee {
  readonly id: string;
  readonly callId: string;
  readonly title: string;
  readonly heldOn: Day;
  readonly place: string | null;
  /** How many members must be present. */
  readonly quorum: number;
  readonly state: CommitteeState;
  readonly version: number;
  readonly members: readonly CommitteeMember[];
  readonly recusals: readonly SessionRecusal[];
  /** How many lines are on its agenda. */
  readonly lineCount: number;
  readonly convenedAt: Date | null;
  readonly openedAt: Date | null;
  readonly appliedAt: Date | null;
  readonly closedAt: Date | null;
}

export interface Attendance {
  readonly presentMemberIds: readonly string[];
  readonly recusals: readonly SessionRecusal[];
}

/** Freezes who sits and what comes before them. @throws ActNotAllowed, QuorumOutOfReach, AgendaEmpty */
export function convene(committee: Committee, at: Date): Committee {
  const state = nextCommitteeState(committee.state, 'convene');
  if (committee.members.length < committee.quorum) throw new QuorumOutOfReach(committee.members.length, committee.quorum);
  if (committee.lineCount === 0) throw new AgendaEmpty();
  return { ...committee, state, convenedAt: at };
}

/**
 * Who is there, and who takes no part in what. In session, someone may still arrive, leave or recuse themselves, as long as there is a quorum.
 * @throws ActNotAllowed, MemberUnknown, QuorumNotReached
 */
export function attend(committee: Committee, { presentMemberIds, recusals }: Attendance): Committee {
  const state = nextCommitteeState(committee.state, 'record-attendance');
  const known = new Set(committee.members.map(({ id }) => id));
  const stranger = presentMemberIds.findIndex((id) => !known.has(id));
  if (stranger >= 0) throw new MemberUnknown(`/presentMemberIds/${stranger}`);
  const strangerRecused = recusals.findIndex(({ memberId }) => !known.has(memberId));
  if (strangerRecused >= 0) throw new MemberUnknown(`/recusals/${strangerRecused}/memberId`);
  const present = new Set(presentMemberIds);
  const after = {
    ...committee,
    state,
    members: committee.members.map((member) => ({ ...member, present: present.has(member.id) })),
    recusals,
  };
  if (state === 'held') assertQuorum(after);
  return after;
}

/** @throws ActNotAllowed, QuorumNotReached */
export function open(committee: Committee, at: Date): Committee {
  const state = nextCommitteeState(committee.state, 'open');
  assertQuorum(committee);
  return { ...committee, state, openedAt: at };
}

export const presentOf = ({ members }: Committee): number => members.filter(({ present }) => present === true).length;

/** What is declared, and what holds whether it is or not; the latter speaks when both name the same member and organisation. */
export function allRecusals(declared: readonly SessionRecusal[], automatic: readonly SessionRecusal[]): readonly SessionRecusal[] {
  const key = ({ memberId, organisationId }: SessionRecusal): string => `${memberId} ${organisationId}`;
  return [...new Map([...declared, ...automatic].map((recusal) => [key(recusal), recusal])).values()];
}

function assertQuorum(committee: Committee): void {
  const present = presentOf(committee);
  if (present < committee.quorum) throw new QuorumNotReached(present, committee.quorum, committee.members.length);
}
