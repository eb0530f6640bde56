import type { Approval, Proposal, RecordedDecision } from './decision.js';
import { approve, recordDecision, reserve } from './decision.js';
import { type DecidableLine, type Decision, giveBack, reasonOf } from './decidable-line.js';
import { type FundingLineState, nextLineState } from './funding-line.transitions.js';
import { cancel, release } from './step-back.js';

/** Where a line stands, for a CPO that has it as a tranche. */
export type LineStanding = 'undecided' | 'reserved' | 'granted' | 'closed' | 'ended';

const STANDING: Readonly<Record<FundingLineState, LineStanding>> = {
  requested: 'undecided',
  'taken-up': 'undecided',
  instructed: 'undecided',
  'on-agenda': 'undecided',
  adjourned: 'undecided',
  unfavourable: 'undecided',
  proposed: 'reserved',
  approved: 'granted',
  announced: 'granted',
  'act-generated': 'granted',
  signed: 'granted',
  notified: 'granted',
  'partly-paid': 'granted',
  paid: 'granted',
  'to-justify': 'granted',
  'report-submitted': 'granted',
  'to-amend': 'granted',
  justified: 'granted',
  'not-carried-out': 'granted',
  'repayment-due': 'granted',
  closed: 'closed',
  refused: 'ended',
  'refusal-announced': 'ended',
  'set-aside': 'ended',
  withdrawn: 'ended',
  cancelled: 'ended',
};

export function standingOf(state: FundingLineState): LineStanding {
  return STANDING[state];
}

/**
 * Reserves the year of a CPO in that year's envelope, whoever funds it; again, it moves the difference.
 * @throws ActNotAllowed, AmountNotPositive, AmountAboveRequest
 */
export function reserveTranche<L extends DecidableLine>(line: L, proposal: Proposal): Decision<L> {
  return reserve(line, proposal);
}

/** Grants a reserved year of programme 147, by other eyes than those that reserved it. @throws as `approve` */
export function approveTranche<L extends DecidableLine>(line: L, approval: Approval): Decision<L> {
  return whileFree(line, (free) => approve(free, approval));
}

/** Grants a year of another funder: what it reserved in its envelope is committed there. @throws as `recordDecision` */
export function recordTranche<L extends DecidableLine>(line: L, decided: RecordedDecision): Decision<L> {
  return whileFree(line, (free) => {
    if (free.state !== 'proposed') return recordDecision(free, decided);
    const released = release(free, decided.decisionReference);
    const recorded = recordDecision(released.after, decided);
    return { after: recorded.after, movements: [...released.movements, ...recorded.movements] };
  });
}

/**
 * The CPO ends before that year was carried out: what it holds goes back. What the applicant was not told of stays untold.
 * @throws ActNotAllowed once an act is prepared, ReasonRequired
 */
export function endTranche<L extends DecidableLine>(line: L, reason: string): Decision<L> {
  if (line.state === 'announced') return cancel(line, reason);
  const untold = { grantedCents: null, deciderId: null, decidedOn: null, decisionReference: null } as const;
  return {
    after: { ...line, ...untold, state: nextLineState(line.state, 'end-tranche'), envelopeId: null, reason: reasonOf(reason) },
    movements: giveBack(line),
  };
}

function whileFree<L extends DecidableLine>(line: L, decide: (free: L) => Decision<L>): Decision<L> {
  const { after, movements } = decide({ ...line, heldByCpo: null });
  return { after: { ...after, ...(line.heldByCpo === undefined ? {} : { heldByCpo: line.heldByCpo }) }, movements };
}
