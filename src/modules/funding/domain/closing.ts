import { type Money, subtract, ZERO } from '../../../kernel/money.js';
import {
  CarryOverAboveLapsed,
  CarryOverByParent,
  CarryOverReferenceRequired,
  EnvelopeStillReserved,
  NothingToCarryOverInto,
  SubEnvelopesStillOpen,
} from './closing.errors.js';
import { available, type Envelope, lapse, type Movement, used } from './envelope.js';
import { EnvelopeClosed } from './envelope.errors.js';

/** What keeps an envelope from being closed, besides its counters. */
export interface Standing {
  /** Lines whose proposal it holds. */
  readonly reservedLines: number;
  readonly openSubEnvelopes: number;
}

export interface CarryOver {
  readonly amountCents: Money;
  readonly reference: string;
}

/** @throws EnvelopeClosed, SubEnvelopesStillOpen, EnvelopeStillReserved */
export function assertClosable(envelope: Envelope, { reservedLines, openSubEnvelopes }: Standing): void {
  if (envelope.closedAt !== null) throw new EnvelopeClosed();
  if (openSubEnvelopes > 0) throw new SubEnvelopesStillOpen(openSubEnvelopes);
  if (envelope.reservedCents > ZERO) throw new EnvelopeStillReserved(reservedLines, envelope.reservedCents);
}

/** What was never used: in AE and in CP, each down to what is granted and delegated. Null when nothing is left. */
export function lapseOf(envelope: Envelope): Extract<Movement, { aeCents: Money }> | null {
  const [aeCents, cpCents] = [subtract(envelope.ceilingAeCents, used(envelope)), subtract(envelope.ceilingCpCents, used(envelope))];
  return aeCents === ZERO && cpCents === ZERO ? null : lapse(aeCents, cpCents);
}

/**
 * What goes on into the next year, by a decision that has a reference: at most what was available, in AE and in CP. Null when nothing is asked.
 * @throws CarryOverByParent, CarryOverReferenceRequired, CarryOverAboveLapsed
 */
export function carryOverOf(
  envelope: Envelope & { readonly parentId: string | null },
  asked: { readonly amountCents: Money; readonly reference: string | undefined },
): CarryOver | null {
  if (asked.amountCents === ZERO) return null;
  if (envelope.parentId !== null) throw new CarryOverByParent();
  if (asked.reference === undefined) throw new CarryOverReferenceRequired();
  if (asked.amountCents > available(envelope)) throw new CarryOverAboveLapsed(asked.amountCents, available(envelope));
  return { amountCents: asked.amountCents, reference: asked.reference };
}

/** The same envelope of the next year, which takes what is carried over. @throws NothingToCarryOverInto */
export function takesCarryOver<E extends Envelope>(next: E | undefined, year: number): E {
  if (next === undefined || next.closedAt !== null) throw new NothingToCarryOverInto(year);
  return next;
}
