import { daysBetween, plusDays, plusMonths, type Day } from '../../../kernel/day.js';

/** Silence for two months is a refusal of a request for money (CRPA, L. 231-4, 3°); a call may say otherwise. */
export const DEFAULT_MONTHS = 2;

export interface ComplementPeriod {
  readonly requestedOn: Day;
  /** The day by which the answer was asked. */
  readonly dueOn: Day;
  /** null as long as nothing came. */
  readonly answeredOn: Day | null;
}

/**
 * The day on which silence becomes a refusal. The time given to complete a dossier does not run (CRPA, L. 114-5): it ends at the answer, or at the
 * due date when the answer is late or never comes. Only shown: it never changes a state nor prevents a decision.
 */
export function implicitRejectionOn(submittedOn: Day, periods: readonly ComplementPeriod[], months: number = DEFAULT_MONTHS): Day {
  let date = plusMonths(submittedOn, months);
  let runsAgainFrom = submittedOn;
  for (const period of [...periods].sort((a, b) => (a.requestedOn < b.requestedOn ? -1 : 1))) {
    // Once the date has passed there is nothing left to suspend.
    if (period.requestedOn > date) break;
    const from = period.requestedOn > runsAgainFrom ? period.requestedOn : runsAgainFrom;
    const until = period.answeredOn !== null && period.answeredOn < period.dueOn ? period.answeredOn : period.dueOn;
    const suspendedDays = Math.max(0, daysBetween(from, until));
    date = plusDays(date, suspendedDays);
    runsAgainFrom = plusDays(from, suspendedDays);
  }
  return date;
}
