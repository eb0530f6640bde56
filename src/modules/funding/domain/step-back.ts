import type { Day } from '../../../kernel/day.js';
import { assertAuthority, type Authority } from './authority.js';
import { assertNotHeld, type DecidableLine, type Decision, giveBack, reasonOf } from './decidable-line.js';
import { type FundingLineAct, nextLineState } from './funding-line.transitions.js';

const NOTHING_DECIDED = {
  proposedCents: null,
  proposerId: null,
  grantedCents: null,
  deciderId: null,
  decidedOn: null,
  decisionReference: null,
  envelopeId: null,
} as const;

/** Drops the proposal and its reservation. @throws HeldByCpo, ActNotAllowed, ReasonRequired */
export function release<L extends DecidableLine>(line: L, reason: string): Decision<L> {
  assertNotHeld(line);
  return stepBack(line, 'release', reasonOf(reason));
}

/** Comes back on a grant not announced yet, and gives its credit back. @throws HeldByCpo, ActNotAllowed, ReasonRequired */
export function decommit<L extends DecidableLine>(line: L, reason: string): Decision<L> {
  assertNotHeld(line);
  return stepBack(line, 'decommit', reasonOf(reason));
}

/**
 * Comes back on an approval of programme 147: only by who could approve that amount today. Else a delegate would undo what is above their
 * delegation. @throws HeldByCpo, ActNotAllowed, ReasonRequired, NoDelegation, DelegationExceeded
 */
export function undoApproval<L extends DecidableLine>(line: L, by: { reason: string; authority: Authority; today: Day }): Decision<L> {
  const decision = decommit(line, by.reason);
  if (line.grantedCents !== null) assertAuthority(by.authority, line.grantedCents, by.today, 'undo');
  return decision;
}

/** Comes back on a refusal not announced yet. @throws ActNotAllowed, ReasonRequired */
export function reconsider<L extends DecidableLine>(line: L, reason: string): Decision<L> {
  return stepBack(line, 'reconsider', reasonOf(reason));
}

/** To a later session; deferral never debits, so that a reservation goes back. @throws HeldByCpo, ActNotAllowed, ReasonRequired */
export function adjourn<L extends DecidableLine>(line: L, reason: string): Decision<L> {
  assertNotHeld(line);
  return stepBack(line, 'adjourn', reasonOf(reason));
}

/** @throws HeldByCpo, ActNotAllowed, ReasonRequired */
export function giveUnfavourable<L extends DecidableLine>(line: L, reason: string): Decision<L> {
  assertNotHeld(line);
  return stepBack(line, 'give-unfavourable', reasonOf(reason));
}

/** The line of a dossier found inadmissible, whose reason is told with the dossier. @throws ActNotAllowed, ReasonRequired */
export function setAside<L extends DecidableLine>(line: L, reason: string): Decision<L> {
  return stepBack(line, 'set-aside', reasonOf(reason));
}

/**
 * The applicant gives up. Nothing of a decision it was not told remains on the line, and the act is possible whatever was decided: no leak.
 * @throws ActNotAllowed
 */
export function withdraw<L extends DecidableLine>(line: L): Decision<L> {
  return stepBack(line, 'withdraw', null);
}

/** Ends a grant announced but not paid, and gives its credit back; the amount stays readable. @throws ActNotAllowed, ReasonRequired */
export function cancel<L extends DecidableLine>(line: L, reason: string): Decision<L> {
  const state = nextLineState(line.state, 'cancel');
  return { after: { ...line, state, envelopeId: null, reason: reasonOf(reason) }, movements: giveBack(line) };
}

function stepBack<L extends DecidableLine>(line: L, act: FundingLineAct, reason: string | null): Decision<L> {
  const state = nextLineState(line.state, act);
  return { after: { ...line, ...NOTHING_DECIDED, state, reason }, movements: giveBack(line) };
}
