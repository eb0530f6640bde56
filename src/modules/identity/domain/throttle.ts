/** Minutes over which failed sign-ins are counted. */
export const WINDOW_MINUTES = 15;
/** Failures in the window: past that, the next attempt waits. An address stands for many people (a town hall's), hence more. */
const LIMITS = { account: 10, address: 50 } as const;

export type Subject = keyof typeof LIMITS;

const WINDOW_MS = WINDOW_MINUTES * 60_000;

export function windowStart(now: Date): Date {
  return new Date(now.getTime() - WINDOW_MS);
}

/**
 * Seconds to wait before another attempt, 0 when one may try now.
 * @param failures instants of this subject's failures, in any order
 */
export function secondsToWait(subject: Subject, failures: readonly Date[], now: Date): number {
  const start = windowStart(now).getTime();
  const counted = failures
    .map((at) => at.getTime())
    .filter((at) => at > start)
    .sort((a, b) => a - b);
  // One more may be tried once fewer than the limit are left in the window.
  const leaving = counted.at(-LIMITS[subject]);
  return leaving === undefined ? 0 : Math.max(1, Math.ceil((leaving + WINDOW_MS - now.getTime()) / 1000));
}
