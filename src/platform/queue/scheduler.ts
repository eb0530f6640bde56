import { setTimeout as wait } from 'node:timers/promises';
import type { ClockType } from './jobs.js';
import type { QueueBackend } from './queue-backend.js';
import type { BullQueue } from './transport.js';

const REFRESH_MS = 60_000;
const RETRY_MS = 1_000;
/** States of a job that a worker has, or will take. */
const TO_COME: ReadonlySet<string> = new Set(['delayed', 'waiting', 'active', 'prioritized']);

interface Clock {
  readonly name: string;
  readonly type: ClockType;
  readonly repeat: { readonly every?: number; readonly offset?: number; readonly pattern?: string; readonly tz?: string };
}

/**
 * Clocks: each name ticks once for all the replicas. A tick whose handler fails is not tried again, the next tick is.
 * Every minute the entries are compared with what the store has, so that a flushed Redis ticks again by itself.
 */
export class Scheduler {
  private readonly clocks = new Map<string, Clock>();
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly backend: QueueBackend,
    private readonly refreshMs: number = REFRESH_MS,
  ) {}

  /** Declares a clock. `every`: milliseconds (ticks fall on multiples of it, so replicas agree), or a cron pattern read in Europe/Paris. */
  every(name: string, every: number | string, type: ClockType): void {
    if (this.clocks.has(name)) throw new Error(`Two clocks are named ${name}.`);
    // With an offset, ticks fall on multiples of `every`; without one, they would count from the first minute of each replica.
    const repeat = typeof every === 'number' ? { every, offset: 1 } : { pattern: every, tz: 'Europe/Paris' };
    this.clocks.set(name, { name, type, repeat });
  }

  /** The types that tick, for `JobRegistry.check`. */
  types(): ClockType[] {
    return [...this.clocks.values()].map(({ type }) => type);
  }

  /** Returns at once. */
  start(): void {
    this.loop = this.keep();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async keep(): Promise<void> {
    const { signal } = this.stopping;
    let first = true;
    while (!signal.aborted) {
      let pause = this.refreshMs;
      try {
        await this.mend(first);
        first = false;
      } catch (error) {
        this.backend.complaints.about('the clocks could not be written', error);
        pause = RETRY_MS;
      }
      await wait(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** `all`: also removes the clocks of an older build. Once only, because two builds that run side by side would remove each other's. */
  private async mend(all: boolean): Promise<void> {
    const { missing, strangers } = await this.backend.on('clocks', (queue) => this.compare(queue));
    if (missing.length === 0 && (!all || strangers.length === 0)) return;
    await this.backend.alone('clocks', async (queue) => {
      const now = await this.compare(queue);
      for (const { name, type, repeat } of now.missing) {
        await queue.upsertJobScheduler(name, repeat, { name: type, data: { id: name, payload: {}, attempt: 1 } });
      }
      for (const name of all ? now.strangers : []) await queue.removeJobScheduler(name);
    });
  }

  private async compare(queue: BullQueue): Promise<{ missing: Clock[]; strangers: string[] }> {
    const kept = new Map((await queue.getJobSchedulers()).map((entry) => [entry.key, entry]));
    const lost = new Set<string>();
    for (const { key, next = 0 } of kept.values()) if (await this.isLost(queue, key, next)) lost.add(key);
    const missing = [...this.clocks.values()].filter(({ name, type, repeat }) => {
      const entry = kept.get(name);
      return !entry || entry.name !== type || entry.every !== repeat.every || entry.pattern !== repeat.pattern || lost.has(name);
    });
    return { missing, strangers: [...kept.keys()].filter((name) => !this.clocks.has(name)) };
  }

  /**
   * A tick that is long overdue and whose job is not there: writing its clock again makes the next one. When the job is there (nobody worked for a
   * week), a worker takes it, once, and what the clock does is made up at once rather than at its next time.
   */
  private async isLost(queue: BullQueue, name: string, next: number): Promise<boolean> {
    if (next >= Date.now() - this.refreshMs) return false;
    const job = await queue.getJob(`repeat:${name}:${next}`);
    return job === undefined || !TO_COME.has(await job.getState());
  }
}
