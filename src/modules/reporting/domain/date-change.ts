import type { Day } from '../../../kernel/day.js';
import { DateChangeDecided, DateChangeInvalid, ReasonMissing } from './report.errors.js';

export const DATE_CHANGE_STATES = ['asked', 'accepted', 'refused'] as const;
export type DateChangeState = (typeof DATE_CHANGE_STATES)[number];

export interface Dates {
  readonly startsOn: Day;
  readonly endsOn: Day;
}

/** Other dates asked for an action, once its grant is notified. */
export interface DateChange extends Dates {
  readonly id: string;
  readonly actionId: string;
  readonly dossierId: string;
  readonly state: DateChangeState;
  readonly version: number;
  readonly from: Dates;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
}

/** @throws DateChangeInvalid */
export function assertDates(from: Dates, to: Dates): void {
  if (to.endsOn < to.startsOn) throw new DateChangeInvalid('DATES_INVERTED', '/endsOn', 'La fin de l’action vient avant son début.');
  if (to.startsOn === from.startsOn && to.endsOn === from.endsOn)
    throw new DateChangeInvalid('DATES_UNCHANGED', '/startsOn', 'L’action a déjà ces dates.');
}

/** @throws DateChangeDecided, ReasonMissing (of a refusal) */
export function decide(
  change: DateChange,
  decision: { readonly accepted: boolean; readonly reason: string | null; readonly by: string; readonly at: Date },
): DateChange {
  if (change.state !== 'asked') throw new DateChangeDecided();
  const reason = (decision.reason ?? '').trim();
  if (!decision.accepted && reason === '') throw new ReasonMissing();
  return {
    ...change,
    state: decision.accepted ? 'accepted' : 'refused',
    version: change.version + 1,
    decidedBy: decision.by,
    decidedAt: decision.at,
    decisionReason: reason === '' ? null : reason,
  };
}
