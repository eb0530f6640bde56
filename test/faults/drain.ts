import { setTimeout as wait } from 'node:timers/promises';
import type { TestApp } from '../setup/app.js';
import { countDue, countUnhandled, countWaitingHooks, firstUnhandled } from './facts.js';

export interface Patience {
  /** While nothing is done, how long an event may be due before it is late: twice what BullMQ takes to see that a worker is gone. */
  readonly dueMs: number;
  /** Nothing was done for so long: it never will be. Longer than any lease after an operator's turn. */
  readonly stuckMs: number;
}

const PATIENCE: Patience = { dueMs: 20_000, stuckMs: 90_000 };

export interface Drained {
  /** Events that were due, and with which nobody dealt. */
  readonly late: number;
  /** Events that were not due yet: offered, and lost with a store or a worker; their lease ends after seconds or minutes. */
  readonly hastened: number;
}

/** In the order in which jobs hold their events: each would wait for the other's else. */
const HASTEN = `
  UPDATE outbox SET available_at = now()
  WHERE id IN (SELECT id FROM outbox WHERE handled_at IS NULL AND dead_at IS NULL ORDER BY id FOR UPDATE)`;

/**
 * Until every event is dealt with. When nothing goes on, an operator has the others offered again at once, for the pass to end.
 * @throws when nothing goes on even so
 */
export async function drain({ query }: Pick<TestApp, 'query'>, { dueMs, stuckMs } = PATIENCE): Promise<Drained> {
  let drained: Drained | null = null;
  let least = { waiting: Infinity, at: Date.now() };
  for (;;) {
    const [events, hooks] = [await countUnhandled(query), await countWaitingHooks(query)];
    const [waiting, now] = [events + hooks, Date.now()];
    if (waiting === 0) return drained ?? { late: 0, hastened: 0 };
    if (waiting < least.waiting) least = { waiting, at: now };
    if (now - least.at > stuckMs) {
      const stuck = JSON.stringify(await firstUnhandled(query));
      throw new Error(`${events} events and ${hooks} webhooks wait, and nothing was done for ${stuckMs} ms: ${stuck}`);
    }
    if (drained === null && now - least.at > dueMs) {
      const late = await countDue(query, dueMs);
      drained = { late, hastened: events - late };
      await query(HASTEN);
    }
    await wait(100);
  }
}
