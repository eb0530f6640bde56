import type { Day } from '../../../kernel/day.js';
import { type Money, subtract } from '../../../kernel/money.js';
import { assertAuthority, type Authority } from './authority.js';
import {
  assertAmount,
  assertNotHeld,
  type DecidableLine,
  type Decision,
  giveBack,
  type MovementOrder,
  order,
  reasonOf,
} from './decidable-line.js';
import { DecidedInFuture, DecidedTooEarly, FourEyes, NotProgramme147, Programme147NeedsApproval } from './decision.errors.js';
import { nextLineState } from './funding-line.transitions.js';

export interface Proposal {
  readonly amountCents: Money;
  readonly envelopeId: string;
  readonly proposerId: string;
}

export interface Approval {
  readonly amountCents: Money;
  readonly approverId: string;
  readonly authority: Authority;
  readonly today: Day;
}

export interface RecordedDecision {
  /** 0 for a refusal. */
  readonly amountCents: Money;
  readonly decisionReference: string;
  readonly decidedOn: Day;
  /** Needed for a refusal. */
  readonly reason?: string | null;
  /** When the funder keeps an envelope here. */
  readonly envelopeId?: string | null;
  readonly recorderId: string;
  readonly today: Day;
  /** The first day that a decision on this call can be of. */
  readonly earliest: Day;
}

/** A funder may decide ahead of the call, not before the year that precedes the one it opens in: an earlier date is a slip of the keyboard. */
export function earliestDecision(callOpensOn: Day): Day {
  return `${Number(callOpensOn.slice(0, 4)) - 1}-01-01`;
}

/** Reserves the amount; proposing again amends it. What was said of an earlier act is over. @throws NotProgramme147, HeldByCpo, ActNotAllowed, AmountNotPositive, AmountAboveRequest */
export function propose<L extends DecidableLine>(line: L, proposal: Proposal): Decision<L> {
  if (!line.isProgramme147) throw new NotProgramme147();
  assertNotHeld(line);
  return reserve(line, proposal);
}

/** The same without asking whose money it is. @throws ActNotAllowed, AmountNotPositive, AmountAboveRequest */
export function reserve<L extends DecidableLine>(line: L, { amountCents, envelopeId, proposerId }: Proposal): Decision<L> {
  const state = nextLineState(line.state, 'propose');
  assertAmount(line, amountCents);
  return {
    after: { ...line, state, proposedCents: amountCents, proposerId, envelopeId, reason: null },
    movements: line.state === 'proposed' ? amend(line, amountCents, envelopeId) : order(envelopeId, 'reserve', amountCents),
  };
}

/**
 * Commits the amount, which may be lower than proposed (the rest goes back to the envelope) or higher as far as the request and the envelope allow.
 * @throws NotProgramme147, HeldByCpo, ActNotAllowed, FourEyes, AmountNotPositive, AmountAboveRequest, NoDelegation, DelegationExceeded
 */
export function approve<L extends DecidableLine>(line: L, { amountCents, approverId, authority, today }: Approval): Decision<L> {
  if (!line.isProgramme147) throw new NotProgramme147();
  assertNotHeld(line);
  const state = nextLineState(line.state, 'approve');
  if (approverId === line.proposerId) throw new FourEyes();
  assertAmount(line, amountCents);
  assertAuthority(authority, amountCents, today, 'approve');
  return {
    after: { ...line, state, grantedCents: amountCents, deciderId: approverId, decidedOn: today, reason: null },
    movements: [...giveBack(line), ...order(line.envelopeId, 'commit', amountCents)],
  };
}

/** Refuses, and gives a reservation back. @throws NotProgramme147, HeldByCpo, ActNotAllowed, ReasonRequired */
export function refuse<L extends DecidableLine>(
  line: L,
  by: { readonly reason: string; readonly deciderId: string; readonly today: Day },
): Decision<L> {
  if (!line.isProgramme147) throw new NotProgramme147();
  assertNotHeld(line);
  const state = nextLineState(line.state, 'refuse');
  const reason = reasonOf(by.reason);
  return {
    after: { ...line, state, grantedCents: null, deciderId: by.deciderId, decidedOn: by.today, envelopeId: null, reason },
    movements: giveBack(line),
  };
}

/**
 * What a funder other than programme 147 decided elsewhere, in one step; an envelope it keeps here is committed.
 * @throws Programme147NeedsApproval, HeldByCpo, ActNotAllowed, DecidedInFuture, DecidedTooEarly, ReasonRequired, AmountNotPositive, AmountAboveRequest
 */
export function recordDecision<L extends DecidableLine>(line: L, decided: RecordedDecision): Decision<L> {
  if (line.isProgramme147) throw new Programme147NeedsApproval();
  assertNotHeld(line);
  const isRefusal = decided.amountCents === 0n;
  const state = nextLineState(line.state, isRefusal ? 'record-refusal' : 'record-grant');
  if (decided.decidedOn > decided.today) throw new DecidedInFuture();
  if (decided.decidedOn < decided.earliest) throw new DecidedTooEarly(decided.earliest);
  if (!isRefusal) assertAmount(line, decided.amountCents);
  const envelopeId = isRefusal ? null : (decided.envelopeId ?? null);
  const after = {
    ...line,
    state,
    grantedCents: isRefusal ? null : decided.amountCents,
    deciderId: decided.recorderId,
    decidedOn: decided.decidedOn,
    decisionReference: decided.decisionReference,
    envelopeId,
    reason: isRefusal ? reasonOf(decided.reason) : (decided.reason ?? null),
  };
  return { after, movements: order(envelopeId, 'commit', decided.amountCents) };
}

/** Moves only the difference when the envelope stays the same: it needs no more room than that. */
function amend(line: DecidableLine, amountCents: Money, envelopeId: string): MovementOrder[] {
  if (line.envelopeId !== envelopeId || line.proposedCents === null)
    return [...giveBack(line), ...order(envelopeId, 'reserve', amountCents)];
  const more = subtract(amountCents, line.proposedCents);
  return more > 0n ? order(envelopeId, 'reserve', more) : order(envelopeId, 'release', subtract(line.proposedCents, amountCents));
}
