import { setTimeout as wait } from 'node:timers/promises';
import type { TestApp } from '../setup/app.js';
import { countUnhandled, countWaitingHooks, firstUnhandled } from './facts.js';

/** Without anything more being done. Twice what BullMQ takes to see that a worker is gone. */
const PATIENT_MS = 20_000;
/** Without anything more being done, it never will be: longer than any lease after an operator's turn. */
const STUCK_MS = 90_000;

/** Until every event is dealt with. Gives how many waited when an operator lost patience, because nothing went on, and had them offered again at once. */
export async function drain(app: TestApp): Promise<number> {
  let late: number | null = null;
  let least = { waiting: Infinity, at: Date.now() };
  for (;;) {
    const [events, hooks] = [await countUnhandled(app), await countWaitingHooks(app)];
    const [waiting, now] = [events + hooks, Date.now()];
    if (waiting === 0) return late ?? 0;
    if (waiting < least.waiting) least = { waiting, at: now };
    if (now - least.at > STUCK_MS) {
      const stuck = JSON.stringify(await firstUnhandled(app));
      throw new Error(`${events} events and ${hooks} webhooks wait, and nothing was done for ${STUCK_MS} ms: ${stuck}`);
    }
    if (late === null && now - least.at > PATIENT_MS) {
      late = events;
      await app.query('UPDATE outbox SET available_at = now() WHERE handled_at IS NULL AND dead_at IS NULL');
    }
    await wait(100);
  }
}
