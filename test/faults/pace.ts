import { setTimeout as wait } from 'node:timers/promises';
import type { TestApp } from '../setup/app.js';
import { countUnhandled } from './facts.js';

/** Events that wait, above which nobody begins anything new: what piles up would only lengthen the end of the pass. */
const MOST_WAITING = 150;
const LOOK_MS = 500;

/** Holds people back while the workers are far behind. */
export class Pace {
  private isBehind = false;

  constructor(private readonly app: TestApp) {}

  /** Until `stop`. */
  async watch(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      // Not answered in time, on a machine that is short of everything: that is being behind.
      const waiting = await countUnhandled(this.app.query).catch(() => Infinity);
      this.isBehind = waiting > MOST_WAITING;
      await wait(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }

  async untilCaughtUp(stop: AbortSignal): Promise<void> {
    while (this.isBehind && !stop.aborted) await wait(LOOK_MS / 5);
  }
}
