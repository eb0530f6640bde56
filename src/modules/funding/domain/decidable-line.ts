import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import { AmountAboveRequest, AmountNotPositive, HeldByCpo, ReasonRequired } from './decision.errors.js';
import type { CreditMovementKind, Movement } from './envelope.js';
import type { FundingLineState } from './funding-line.transitions.js';

/** What a decision needs to know of a funding line, and changes of it. */
export interface DecidableLine {
  readonly state: FundingLineState;
  readonly isProgramme147: boolean;
  readonly requestedCents: Money;
  readonly proposedCents: Money | null;
  readonly proposerId: string | null;
  readonly grantedCents: Money | null;
  /** Who approved, refused or recorded. */
  readonly deciderId: string | null;
  readonly decidedOn: Day | null;
  readonly decisionReference: string | null;
  /** The envelope that holds its reservation or its commitment; null when none does. */
  readonly envelopeId: string | null;
  /** Of the last act that needed one. */
  readonly reason: string | null;
  /** The CPO whose tranche it is; absent or null for any other line. */
  readonly heldByCpo?: string | null;
}

export interface MovementOrder {
  readonly envelopeId: string;
  readonly movement: Movement;
}

/** The line afterwards, and what its envelopes do, in order, in the same transaction. */
export interface Decision<Line extends DecidableLine = DecidableLine> {
  readonly after: Line;
  readonly movements: readonly MovementOrder[];
}

/** An order on an envelope; none when there is no envelope or nothing to move. */
export function order(envelopeId: string | null, kind: CreditMovementKind, amountCents: Money | null): MovementOrder[] {
  return envelopeId === null || amountCents === null || amountCents === 0n ? [] : [{ envelopeId, movement: { kind, amountCents } }];
}

/** Gives back what the line holds of its envelope, as a reservation or as a commitment. */
export function giveBack(line: DecidableLine): MovementOrder[] {
  if (line.state === 'proposed') return order(line.envelopeId, 'release', line.proposedCents);
  return order(line.envelopeId, 'decommit', line.grantedCents);
}

/** @throws AmountNotPositive, AmountAboveRequest */
export function assertAmount(line: DecidableLine, amountCents: Money): void {
  if (amountCents <= 0n) throw new AmountNotPositive();
  if (amountCents > line.requestedCents) throw new AmountAboveRequest(amountCents, line.requestedCents);
}

/** What a CPO holds is reserved, granted and ended by the CPO's own acts, or its later years would escape their report. @throws HeldByCpo */
export function assertNotHeld({ heldByCpo }: DecidableLine): void {
  if (heldByCpo !== undefined && heldByCpo !== null) throw new HeldByCpo();
}

/** @throws ReasonRequired */
export function reasonOf(text: string | null | undefined): string {
  const reason = (text ?? '').trim();
  if (reason === '') throw new ReasonRequired();
  return reason;
}
