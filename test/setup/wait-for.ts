import { setTimeout as wait } from 'node:timers/promises';

/**
 * Asks `find` until it gives something, for what happens in the background. @throws after `ms`, naming `what`, rather than wait for ever;
 * an error of `find` is the last answer only if it stays one
 */
export async function waitFor<Found>(
  what: string,
  find: () => Promise<Found | null | undefined | false> | Found | null | undefined | false,
  ms = 20_000,
): Promise<Found> {
  const end = Date.now() + ms;
  for (;;) {
    let cause: unknown;
    try {
      const found = await find();
      if (found !== null && found !== undefined && found !== false) return found;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`, { cause });
    await wait(25);
  }
}
