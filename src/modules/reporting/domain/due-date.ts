import { plusMonths, type Day } from '../../../kernel/day.js';

/** Within how many months of the end of the fiscal year (the calendar year) its report is due: law of 12 April 2000, art. 10. */
const MONTHS = 6;

/** When a call says itself when reports are due. */
export interface CallDeadline {
  /** The year of the call's actions. */
  readonly callYear: number;
  /** For the actions of that year; null when the call says nothing. */
  readonly reportDueOn: Day | null;
}

/**
 * Last day, itself included, to submit the report of `year`: what the call says for its own year, moved by as many years for the later ones of a
 * multi-year action; else 30 June of the next year.
 */
export function reportDueOn(year: number, call: CallDeadline): Day {
  if (call.reportDueOn === null) return plusMonths(`${year}-12-31`, MONTHS);
  return plusMonths(call.reportDueOn, 12 * (year - call.callYear));
}

/**
 * The due day once the action ends on `endsOn`: an end past the report's year is reported on within six months of it. It never comes sooner than
 * before. Null when nothing changes.
 */
export function extendedDueOn(year: number, dueOn: Day, endsOn: Day): Day | null {
  if (endsOn <= `${year}-12-31`) return null;
  const later = plusMonths(endsOn, MONTHS);
  return later > dueOn ? later : null;
}

/** The first day on which a report that is not submitted is late is the one after its due day. */
export function isOverdue(dueOn: Day, today: Day): boolean {
  return today > dueOn;
}
