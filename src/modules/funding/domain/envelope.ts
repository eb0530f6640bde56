import { add, type Money, subtract, ZERO } from '../../../kernel/money.js';
import {
  CommitmentExceeded,
  EnvelopeAlreadyOpen,
  EnvelopeBelowUse,
  EnvelopeExceeded,
  MovementNotPositive,
  RecoveryExceedsPaid,
  ReservationExceeded,
} from './envelope.errors.js';

/** The counters of an envelope, each the sum of its movements. */
export interface EnvelopeCounters {
  /** Credit that may be promised (autorisations d'engagement). */
  readonly ceilingAeCents: Money;
  /** Credit that may be paid (crédits de paiement). */
  readonly ceilingCpCents: Money;
  /** Held for proposed lines. */
  readonly reservedCents: Money;
  /** Granted by a decision; what is paid stays in it. */
  readonly committedCents: Money;
  /** Given to sub-envelopes. */
  readonly delegatedCents: Money;
  readonly paidCents: Money;
}

export interface Envelope extends EnvelopeCounters {
  readonly version: number;
}

export type CeilingMovementKind = 'open' | 'increase' | 'decrease';
export type CreditMovementKind = 'reserve' | 'release' | 'commit' | 'decommit' | 'delegate' | 'pay' | 'recover';
export type MovementKind = CeilingMovementKind | CreditMovementKind;

/** One line of the ledger; amounts are never negative, the kind gives the direction. */
export type Movement =
  | { readonly kind: CeilingMovementKind; readonly aeCents: Money; readonly cpCents: Money }
  | { readonly kind: CreditMovementKind; readonly amountCents: Money };

export const EMPTY_ENVELOPE: Envelope = {
  ceilingAeCents: ZERO,
  ceilingCpCents: ZERO,
  reservedCents: ZERO,
  committedCents: ZERO,
  delegatedCents: ZERO,
  paidCents: ZERO,
  version: 0,
};

/** What may still be reserved, committed or delegated, in AE and in CP at once. */
export function available(envelope: EnvelopeCounters): Money {
  const { ceilingAeCents, ceilingCpCents } = envelope;
  return subtract(ceilingAeCents < ceilingCpCents ? ceilingAeCents : ceilingCpCents, used(envelope));
}

/** The ceiling that `available` is counted from; null when AE and CP are equal. */
function limitOf({ ceilingAeCents, ceilingCpCents }: EnvelopeCounters): 'AE' | 'CP' | null {
  if (ceilingAeCents === ceilingCpCents) return null;
  return ceilingAeCents < ceilingCpCents ? 'AE' : 'CP';
}

/** How much each counter moves: what one guarded UPDATE adds. */
export function deltaOf(movement: Movement): EnvelopeCounters {
  const { version: _, ...none } = EMPTY_ENVELOPE;
  if (!('amountCents' in movement)) {
    const sign = movement.kind === 'decrease' ? -1n : 1n;
    return { ...none, ceilingAeCents: (movement.aeCents * sign) as Money, ceilingCpCents: (movement.cpCents * sign) as Money };
  }
  const amount = movement.amountCents;
  const minus = subtract(ZERO, amount);
  switch (movement.kind) {
    case 'reserve':
      return { ...none, reservedCents: amount };
    case 'release':
      return { ...none, reservedCents: minus };
    case 'commit':
      return { ...none, committedCents: amount };
    case 'decommit':
      return { ...none, committedCents: minus };
    case 'delegate':
      return { ...none, delegatedCents: amount };
    case 'pay':
      return { ...none, paidCents: amount };
    case 'recover':
      return { ...none, paidCents: minus };
  }
}

export function sumOf(movements: readonly Movement[]): EnvelopeCounters {
  const { version: _, ...none } = EMPTY_ENVELOPE;
  return movements.map(deltaOf).reduce(plus, none);
}

/**
 * @throws MovementNotPositive, EnvelopeAlreadyOpen, EnvelopeExceeded, EnvelopeBelowUse, ReservationExceeded, CommitmentExceeded, RecoveryExceedsPaid
 */
export function apply(envelope: Envelope, movement: Movement): Envelope {
  if ('amountCents' in movement) assertCredit(envelope, movement.kind, movement.amountCents);
  else assertCeiling(envelope, movement.kind, movement.aeCents, movement.cpCents);
  return { ...plus(envelope, deltaOf(movement)), version: envelope.version + 1 };
}

/** All of them, in order, or none. @throws as `apply` */
export function applyAll(envelope: EnvelopeCounters, movements: readonly Movement[]): Envelope {
  return movements.reduce(apply, { version: 0, ...envelope });
}

function assertCeiling(envelope: Envelope, kind: CeilingMovementKind, ae: Money, cp: Money): void {
  if (ae < ZERO || cp < ZERO || (ae === ZERO && cp === ZERO)) throw new MovementNotPositive();
  if (kind === 'open' && (envelope.ceilingAeCents > ZERO || envelope.ceilingCpCents > ZERO)) throw new EnvelopeAlreadyOpen();
  if (kind !== 'decrease') return;
  for (const left of [subtract(envelope.ceilingAeCents, ae), subtract(envelope.ceilingCpCents, cp)]) {
    if (left < used(envelope)) throw new EnvelopeBelowUse(used(envelope), left);
  }
}

function assertCredit(envelope: Envelope, kind: CreditMovementKind, amount: Money): void {
  if (amount <= ZERO) throw new MovementNotPositive();
  const unpaid = subtract(envelope.committedCents, envelope.paidCents);
  switch (kind) {
    case 'reserve':
    case 'commit':
    case 'delegate':
      if (amount > available(envelope)) throw new EnvelopeExceeded(available(envelope), amount, limitOf(envelope));
      return;
    case 'release':
      if (amount > envelope.reservedCents) throw new ReservationExceeded(envelope.reservedCents, amount);
      return;
    case 'decommit':
    case 'pay':
      if (amount > unpaid) throw new CommitmentExceeded(unpaid, amount);
      return;
    case 'recover':
      if (amount > envelope.paidCents) throw new RecoveryExceedsPaid(envelope.paidCents, amount);
  }
}

function used(envelope: EnvelopeCounters): Money {
  return add(envelope.reservedCents, envelope.committedCents, envelope.delegatedCents);
}

function plus(a: EnvelopeCounters, b: EnvelopeCounters): EnvelopeCounters {
  return {
    ceilingAeCents: add(a.ceilingAeCents, b.ceilingAeCents),
    ceilingCpCents: add(a.ceilingCpCents, b.ceilingCpCents),
    reservedCents: add(a.reservedCents, b.reservedCents),
    committedCents: add(a.committedCents, b.committedCents),
    delegatedCents: add(a.delegatedCents, b.delegatedCents),
    paidCents: add(a.paidCents, b.paidCents),
  };
}
