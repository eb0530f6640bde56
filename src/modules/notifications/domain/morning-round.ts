import type { Day } from '../../../kernel/day.js';
import { derivedId } from './derived-id.js';
import { roundsBefore } from './round.js';

/** Whole days in Paris, both included. */
export interface Days {
  readonly from: Day;
  readonly until: Day;
}

/** One a kind, a call and a day: what the days until then brought. */
export function morningRoundId(kind: string, callId: string, day: Day): string {
  return derivedId(`${kind} ${callId} ${day}`);
}

/** The days of which nobody was told: those since the last one of which somebody was. Null when that was the day before today. */
export function untoldDays(told: ReadonlySet<Day>, today: Day): Days | null {
  const days = roundsBefore(today);
  const last = days.findIndex((day) => told.has(day));
  const untold = last === -1 ? days : days.slice(0, last);
  const [until, from] = [untold[0], untold.at(-1)];
  return until === undefined || from === undefined ? null : { from, until };
}
