import { plusDays, type Day } from '../../../kernel/day.js';
import { derivedId } from './derived-id.js';

/** For how many days a stop is made up for. */
const CAUGHT_UP_DAYS = 14;

/** Whole days in Paris, both included. */
export interface Days {
  readonly from: Day;
  readonly until: Day;
}

/** One a kind, a call and a day: what the days until then brought. */
export function morningRoundId(kind: string, callId: string, day: Day): string {
  return derivedId(`${kind} ${callId} ${day}`);
}

/** The days of which a morning may still have to tell, the nearest first; the day before is the nearest. */
export function tellableDays(today: Day): readonly Day[] {
  return Array.from({ length: CAUGHT_UP_DAYS }, (_, index) => plusDays(today, -1 - index));
}

/** The days of which nobody was told: those since the last one of which somebody was. Null when that was the day before today. */
export function untoldDays(told: ReadonlySet<Day>, today: Day): Days | null {
  const days = tellableDays(today);
  const last = days.findIndex((day) => told.has(day));
  const untold = last === -1 ? days : days.slice(0, last);
  const [until, from] = [untold[0], untold.at(-1)];
  return until === undefined || from === undefined ? null : { from, until };
}
