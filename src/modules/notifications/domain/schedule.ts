import { Temporal } from 'temporal-polyfill';
import { KINDS, whyLegal } from './kinds.js';
import type { MailKind } from './mail-data.js';
import type { Cadence, Habits, QuietHours } from './preferences.js';

const DIGEST_HOUR = '08:00';
const MONDAY = 1;
/** What is legal waits for others of its kind no longer than that: they come from one act, or not at all. */
const LEGAL_WINDOW_MS = 60_000;

/** How long messages of one kind to one person wait for each other, in milliseconds. */
export interface GroupPace {
  /** From the last one that came, as long as they keep coming; 0: nothing waits. */
  readonly settleMs: number;
  /** At most, from the first that waits; and between two mails. */
  readonly windowMs: number;
}

/** What else of that kind there is for that person. */
export interface SameKind {
  /** When the first of those that wait came. */
  readonly waitingSince: Date | null;
  /** When the last mail left, if lately. */
  readonly lastLeft: Date | null;
}

export interface Timing {
  readonly cadence: Exclude<Cadence, 'off'>;
  readonly dueAt: Date;
}

/**
 * From when a message told at `at` may leave. A legal one: at once (with those of its kind that come with it), whatever
 * was chosen. Null: it never does. All is reckoned on the wall clock of
 * the person's zone, so that 8:00 stays 8:00 when clocks change.
 *
 * `now` is later than `at` for one that waits when its reader chooses anew: it is as if they had chosen so before it was told, and what would have left
 * by now leaves now, but in quiet hours.
 */
export function timingOf(
  kind: MailKind,
  chosen: Cadence,
  habits: Habits,
  at: Date,
  same: SameKind,
  pace: GroupPace,
  now: Date = at,
): Timing | null {
  const entry = KINDS[kind];
  if (whyLegal(entry) !== null) {
    return {
      cadence: 'immediate',
      dueAt: entry.grouped ? groupDue(at, { ...same, lastLeft: null }, { ...pace, windowMs: LEGAL_WINDOW_MS }) : at,
    };
  }
  switch (chosen) {
    case 'off':
      return null;
    case 'daily':
    case 'weekly':
      return { cadence: chosen, dueAt: outsideQuiet(nextDigest(at, habits.timeZone, chosen === 'weekly' ? MONDAY : null), now, habits) };
    case 'immediate':
      return { cadence: chosen, dueAt: outsideQuiet(entry.grouped ? groupDue(at, same, pace) : at, now, habits) };
  }
}

function outsideQuiet(dueAt: Date, now: Date, habits: Habits): Date {
  const at = dueAt < now ? now : dueAt;
  return quietEnd(at, habits) ?? at;
}

/** The first is not sent at once, lest fifty follow it; nobody waits longer than the window. */
export function groupDue(at: Date, { waitingSince, lastLeft }: SameKind, { settleMs, windowMs }: GroupPace): Date {
  if (settleMs === 0) return at;
  const settled = at.getTime() + settleMs;
  const afterLast = lastLeft === null ? settled : lastLeft.getTime() + windowMs;
  const latest = (waitingSince ?? at).getTime() + windowMs;
  return new Date(Math.min(Math.max(settled, afterLast), Math.max(latest, at.getTime())));
}

/** The next 8:00 after `at`, on that day of the week (1: Monday) or on any. */
export function nextDigest(at: Date, timeZone: string, weekday: number | null): Date {
  const now = zoned(at, timeZone);
  let day = now.toPlainDate();
  for (;;) {
    const leaves = day.toZonedDateTime({ timeZone, plainTime: DIGEST_HOUR });
    if ((weekday === null || day.dayOfWeek === weekday) && Temporal.ZonedDateTime.compare(leaves, now) > 0) return toDate(leaves);
    day = day.add({ days: 1 });
  }
}

/** When the quiet hours that `at` falls in end; null outside them. */
export function quietEnd(at: Date, { quietHours, timeZone }: Habits): Date | null {
  if (quietHours === null) return null;
  const now = zoned(at, timeZone);
  if (!isQuiet(now.toPlainTime(), quietHours)) return null;
  const to = Temporal.PlainTime.from(quietHours.to);
  const day = Temporal.PlainTime.compare(now.toPlainTime(), to) < 0 ? now.toPlainDate() : now.toPlainDate().add({ days: 1 });
  const end = day.toPlainDateTime(to);
  const first = end.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  // In the hour that happens twice, the first is past and the second is to come.
  return toDate(Temporal.ZonedDateTime.compare(first, now) > 0 ? first : end.toZonedDateTime(timeZone, { disambiguation: 'later' }));
}

function isQuiet(time: Temporal.PlainTime, { from, to }: QuietHours): boolean {
  const [begins, ends] = [Temporal.PlainTime.compare(time, from) >= 0, Temporal.PlainTime.compare(time, to) < 0];
  return from < to ? begins && ends : begins || ends;
}

function zoned(at: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
}

function toDate(moment: Temporal.ZonedDateTime): Date {
  return new Date(moment.epochMilliseconds);
}
