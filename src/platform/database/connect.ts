import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { saysAway } from './away.js';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;

interface Waiting {
  readonly patienceMs?: number;
  /** Hears, once, that the server is waited for. */
  readonly say?: (line: string) => void;
}

/** PostgreSQL did not answer for as long as a start waits. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
}

/**
 * Connects. A server that starts along with us, or is slow because everything starts at once, is waited for; one that refuses the account or does
 * not know the database will not change its mind.
 * @throws DatabaseAway, and what PostgreSQL refuses for good
 */
export async function connect(source: DataSource, { patienceMs = PATIENCE_MS, say = sayIt }: Waiting = {}): Promise<DataSource> {
  const end = Date.now() + patienceMs;
  for (let told = false; ; told = true) {
    try {
      return await source.initialize();
    } catch (error) {
      // It may have opened its pool before it failed.
      await source.driver.disconnect().catch(() => undefined);
      if (!saysAway(error)) throw error;
      const seconds = patienceMs / 1000;
      if (Date.now() >= end) {
        const advice = 'Vérifiez qu’il est démarré et que DATABASE_URL est juste.';
        throw new DatabaseAway(`PostgreSQL n’a pas répondu en ${seconds} s (${reason(error)}). ${advice}`, { cause: error });
      }
      if (!told) say(`PostgreSQL ne répond pas encore (${reason(error)}) : il est attendu ${seconds} s au plus.`);
      await wait(PAUSE_MS);
    }
  }
}

/** Connects for `work` alone. @throws what `connect` and `work` do */
export async function whileConnected<Result>(source: DataSource, work: (source: DataSource) => Promise<Result>): Promise<Result> {
  await connect(source);
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

/** Names resolve to several addresses: such an error has a code and no message. */
function reason(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}

function sayIt(line: string): void {
  process.stderr.write(`${line}\n`);
}
