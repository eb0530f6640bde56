import { setTimeout as wait } from 'node:timers/promises';
import type { ClockType } from './jobs.js';
import type { QueueBackend } from './queue-backend.js';

const REFRESH_MS = 60_000;
const RETRY_MS = 1_000;

interface Clock {
  readonly type: ClockType;
  readonly repeat: { readonly every: number; readonly offset: number } | { readonly pattern: string; readonly tz: string };
}

/**
 * Clocks: each name ticks once for all the replicas. A tick whose handler fails is not tried again, the next tick is.
 * The entries are written again every minute, so that a flushed Redis ticks again by itself.
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
    // Without an offset, each replica would count from its own first minute and add a tick of its own.
    const repeat = typeof every === 'number' ? { every, offset: 1 } : { pattern: every, tz: 'Europe/Paris' };
    this.clocks.set(name, { type, repeat });
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
        if (first) await this.removeStrangers();
        await this.write();
        first = false;
      } catch (error) {
        this.backend.complaints.about('the clocks could not be written', error);
        pause = RETRY_MS;
      }
      await wait(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  private async write(): Promise<void> {
    await this.backend.on('clocks', async (queue) => {
      for (const [name, { type, repeat }] of this.clocks) {
        await queue.upsertJobScheduler(name, repeat, { name: type, data: { id: name, payload: {}, attempt: 1 } });
      }
    });
  }

  /** Clocks of an older build. Once only: while two builds run side by side, each must not keep removing the other's. */
  private async removeStrangers(): Promise<void> {
    await this.backend.on('clocks', async (queue) => {
      for (const { key } of await queue.getJobSchedulers()) {
        if (!this.clocks.has(key)) await queue.removeJobScheduler(key);
      }
    });
  }
}
