import { setTimeout as wait } from 'node:timers/promises';
import { HURRIED } from './hurried-rules.js';
import type { Chance } from './random.js';
import type { Replica } from './replica.js';

/** A worker's life that was stopped and went on. Milliseconds since 1970. */
export interface Freeze {
  readonly life: string;
  readonly since: number;
  readonly until: number;
}

/** From what makes the queue give its jobs to another, to what lets their time be up and another do them. */
const USUAL_MS = { shortest: 7_000, longest: (HURRIED.mail?.timeoutMs ?? 0) + 10_000 };
/** What the issue asks for. */
const LONG_MS = 90_000;

/** Freezes a worker while the others go on. */
export class Freezer {
  readonly freezes: Freeze[] = [];

  constructor(
    private readonly replicas: readonly Replica[],
    private readonly chance: Chance,
  ) {}

  async freeze(isLong: boolean): Promise<void> {
    const workers = this.replicas.filter(({ kind, ready }) => kind === 'worker' && ready);
    if (workers.length === 0) return;
    const worker = this.chance.pick(workers);
    const { current: life } = worker;
    const since = Date.now();
    const thaw = worker.freeze();
    await wait(isLong ? LONG_MS : this.chance.between(USUAL_MS.shortest, USUAL_MS.longest));
    thaw();
    this.freezes.push({ life, since, until: Date.now() });
  }
}
