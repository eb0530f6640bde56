import { daysBetween, type Day } from '../../../kernel/day.js';
import { derivedId } from './derived-id.js';

/** Days before the due day from which each reminder leaves. */
const STEPS = [
  ['overdue', -1],
  ['week', 7],
  ['month', 30],
  ['two-months', 60],
] as const;
export type ReportStep = (typeof STEPS)[number][0];

/** From how many days before there may be something to remind of. */
export const FIRST_REPORT_REMINDER_DAYS = 60;

/** For how many days past it a due day is still told of: a debt that is older was told then. */
export const OVERDUE_TOLD_DAYS = 60;

/** The reminder due on `today` for reports due on `dueOn`, itself included; null long before. */
export function reportStep(dueOn: Day, today: Day): ReportStep | null {
  const left = daysBetween(today, dueOn);
  return STEPS.find(([, days]) => left <= days)?.[0] ?? null;
}

/** One a due day and step, for all the reports of a person. */
export function reportReminderId(dueOn: Day, step: ReportStep): string {
  return derivedId(`report-due ${dueOn} ${step}`);
}
