import { daysBetween } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { workingDaysBefore } from '../../../kernel/working-days.js';
import { derivedId } from './derived-id.js';

const HOUR_MS = 3_600_000;
/** From how many days before a closing there may be something to remind of. */
export const FIRST_REMINDER_DAYS = 15;
const WORKING_DAYS = 5;

/** Fifteen days before, five working days before, the day before. */
export type ClosingStep = 'fifteen-days' | 'five-working-days' | 'day';
const STEPS: readonly ClosingStep[] = ['fifteen-days', 'five-working-days', 'day'];

export const FIRST_REMINDER_HOURS = FIRST_REMINDER_DAYS * 24;

/** When a step begins, in hours of real time before the closing: a change of the clocks neither adds nor skips one. */
function beginsAt(closesAt: Date, step: ClosingStep): number {
  return closesAt.getTime() - daysBefore(closesAt, step) * 24 * HOUR_MS;
}

function daysBefore(closesAt: Date, step: ClosingStep): number {
  if (step === 'day') return 1;
  if (step === 'fifteen-days') return FIRST_REMINDER_DAYS;
  const day = parisDay(closesAt);
  return daysBetween(workingDaysBefore(day, WORKING_DAYS), day);
}

/** The reminder that is due at `now` for a closing; null long before it, and from it on. */
export function reminderDue(closesAt: Date, now: Date): ClosingStep | null {
  if (now >= closesAt) return null;
  return STEPS.findLast((step) => now.getTime() >= beginsAt(closesAt, step)) ?? null;
}

/** Drafts begun after this instant are left out: who begins during a step has just read the date. The last day's reminder leaves none out. */
export function begunBefore(step: ClosingStep, closesAt: Date): Date {
  return step === 'day' ? closesAt : new Date(beginsAt(closesAt, step));
}

/** A closing that moves is another one, worth another reminder. */
export function closingReminderId(callId: string, closesAt: Date, step: ClosingStep): string {
  return derivedId(`closing-reminder ${callId} ${closesAt.toISOString()} ${step}`);
}

/** To those who have no draft, once a closing. */
export function followersReminderId(callId: string, closesAt: Date): string {
  return derivedId(`call-closing ${callId} ${closesAt.toISOString()}`);
}

/** For how many days an opening is told of when a stop kept it from being told that day. */
export const OPENING_TOLD_DAYS = 14;

/** An opening that moves is another one. */
export function openingId(callId: string, opensAt: Date): string {
  return derivedId(`call-open ${callId} ${opensAt.toISOString()}`);
}
