import { add, type Money, subtract, ZERO } from '../../../kernel/money.js';
import {
  CommitmentExceeded,
  EnvelopeAlreadyOpen,
  EnvelopeBelowUse,
  EnvelopeClosed,
  EnvelopeExceeded,
  MovementNotPositive,
  RecoveryExceedsPaid,
  ReservationExceeded,
  TakeBackExceedsDelegated,
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
  /** When its fiscal year was closed; null while it is open. */
  readonly closedAt: Date | null;
}

export type CeilingMovementKind = 'open' | 'increase' | 'decrease';
export type CreditMovementKind = 'reserve' | 'release' | 'commit' | 'decommit' | 'delegate' | 'take-back' | 'pay' | 'recover';
export type MovementKind = CeilingMovementKind | CreditMovementKind;

/** One line of the ledger; amounts are never negative, the kind gives the direction. */
export type Movement =
  | { readonly kind: CeilingMovementKind; readonly aeCents: Money; readonly cpCents: Money }
  | { readonly kind: CreditMovementKind; readonly amountCents: Money };

const NOTHING: EnvelopeCounters = {
  ceilingAeCents: ZERO,
  ceilingCpCents: ZERO,
  reservedCents: ZERO,
  committedCents: ZERO,
  delegatedCents: ZERO,
  paidCents: ZERO,
};

export const EMPTY_ENVELOPE: Envelope = { ...NOTHING, version: 0, closedAt: null };

/** All that a closed envelope still does: what it granted goes on until it is paid or given up. */
const AFTER_CLOSING: ReadonlySet<MovementKind> = new Set<MovementKind>(['decommit', 'pay', 'recover']);

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
  if (!('amountCents' in movement)) {
    const sign = movement.kind === 'decrease' ? -1n : 1n;
    return { ...NOTHING, ceilingAeCents: (movement.aeCents * sign) as Money, ceilingCpCents: (movement.cpCents * sign) as Money };
  }
  const amount = movement.amountCents;
  const minus = subtract(ZERO, amount);
  switch (movement.kind) {
    case 'reserve':
      return { ...NOTHING, reservedCents: amount };
    case 'release':
      return { ...NOTHING, reservedCents: minus };
    case 'commit':
      return { ...NOTHING, committedCents: amount };
    case 'decommit':
      return { ...NOTHING, committedCents: minus };
    case 'delegate':
      return { ...NOTHING, delegatedCents: amount };
    case 'take-back':
      return { ...NOTHING, delegatedCents: minus };
    case 'pay':
      return { ...NOTHING, paidCents: amount };
    case 'recover':
      return { ...NOTHING, paidCents: minus };
  }
}

export function sumOf(movements: readonly Movement[]): EnvelopeCounters {
  return movements.map(deltaOf).reduce(plus, NOTHING);
}

/**
 * What is decommitted from a closed envelope lapses: its ceilings follow.
 * @throws EnvelopeClosed, MovementNotPositive, EnvelopeAlreadyOpen, EnvelopeExceeded, EnvelopeBelowUse, ReservationExceeded, CommitmentExceeded,
 * TakeBackExceedsDelegated, RecoveryExceedsPaid
 */
export function apply(envelope: Envelope, movement: Movement): Envelope {
  if (envelope.closedAt !== null && !AFTER_CLOSING.has(movement.kind)) throw new EnvelopeClosed();
  if ('amountCents' in movement) assertCredit(envelope, movement.kind, movement.amountCents);
  else assertCeiling(envelope, movement.kind, movement.aeCents, movement.cpCents);
  const moved = plus(envelope, deltaOf(movement));
  const lapsed = envelope.closedAt !== null && movement.kind === 'decommit' ? deltaOf(lapse(movement.amountCents)) : NOTHING;
  return { ...plus(moved, lapsed), version: envelope.version + 1, closedAt: envelope.closedAt };
}

/** Credit that is nobody's any more. */
export function lapse(aeCents: Money, cpCents = aeCents): Extract<Movement, { aeCents: Money }> {
  return { kind: 'decrease', aeCents, cpCents };
}

/** All of them, in order, or none. @throws as `apply` */
export function applyAll(envelope: EnvelopeCounters, movements: readonly Movement[]): Envelope {
  return movements.reduce(apply, { version: 0, closedAt: null, ...envelope });
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
    case 'take-back':
      if (amount > envelope.delegatedCents) throw new TakeBackExceedsDelegated(envelope.delegatedCents, amount);
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

/** Held, granted or delegated: what the ceilings may never fall under. */
export function used(envelope: EnvelopeCounters): Money {
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
