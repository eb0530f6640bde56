import type { Day } from './day.js';

const PARIS_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The calendar day in Paris at an instant: legal delays are counted from it. */
export function parisDay(instant: Date): Day {
  return PARIS_DAY.format(instant);
}
