import { plusDays, type Day } from '../../../kernel/day.js';
import { derivedId } from './derived-id.js';

/** For how many days a stop is made up for: what came nearer before them was told then. */
const CAUGHT_UP_DAYS = 14;

/** Before silence is worth rejection, in days. */
export const SILENCE_STEPS = [30, 7] as const;
/** Before a payment is due, in days. */
export const PAYMENT_STEPS = [15, 0] as const;
/** For how many days past it an implicit rejection is still told of: as long as it may be contested (CJA, R. 421-2: two months). */
export const REJECTION_TOLD_DAYS = 60;

/** Whether a deadline came within one of these numbers of days after `since`, and by `today`. */
export function cameNearer(dueOn: Day, steps: readonly number[], since: Day, today: Day): boolean {
  return steps.map((days) => plusDays(dueOn, -days)).some((day) => day > since && day <= today);
}

/** One a day, for all that came nearer since the person's last one. `about`: of what, in one word and the ids that it takes. */
export function roundId(about: string, day: Day): string {
  return derivedId(`round ${about} ${day}`);
}

/** The days on which the rounds before this one may have been, the nearest first. */
export function roundsBefore(today: Day): readonly Day[] {
  return Array.from({ length: CAUGHT_UP_DAYS }, (_, index) => plusDays(today, -1 - index));
}

/** From when on a person is caught up with: their last round, or the furthest that one looks back. */
export function caughtUpFrom(lastRound: Day | undefined, today: Day): Day {
  return lastRound ?? plusDays(today, -CAUGHT_UP_DAYS);
}

/** Once a dossier, whatever moves its date afterwards. */
export function implicitRejectionId(dossierId: string): string {
  return derivedId(`implicit-rejection ${dossierId}`);
}
