import { derivedId } from './derived-id.js';

/** How long before the closing each reminder leaves, in hours of real time: a change of the clocks neither adds nor skips one. */
const STEP_HOURS = { week: 7 * 24, day: 24 } as const;
const HOUR_MS = 3_600_000;

export type ReminderStep = keyof typeof STEP_HOURS;

/** From how long before a closing (in hours) there may be something to remind of. */
export const FIRST_REMINDER_HOURS = STEP_HOURS.week;

/** The reminder that is due at `now` for a closing; null long before it, and from it on. */
export function reminderDue(closesAt: Date, now: Date): ReminderStep | null {
  const left = closesAt.getTime() - now.getTime();
  if (left <= 0) return null;
  if (left <= STEP_HOURS.day * HOUR_MS) return 'day';
  return left <= STEP_HOURS.week * HOUR_MS ? 'week' : null;
}

/**
 * Drafts begun after this instant are left out: who begins within the last week has just read the date. The last day's reminder leaves none out.
 */
export function begunBefore(step: ReminderStep, closesAt: Date): Date {
  return step === 'day' ? closesAt : new Date(closesAt.getTime() - STEP_HOURS.week * HOUR_MS);
}

/**
 * The event's id, the same however often the clock ticks and whichever replica asks. A closing that moves is another one, worth another reminder.
 */
export function reminderId(callId: string, closesAt: Date, step: ReminderStep): string {
  return derivedId(`closing-reminder ${callId} ${closesAt.toISOString()} ${step}`);
}
