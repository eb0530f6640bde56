import { setTimeout as wait } from 'node:timers/promises';
import type { Freezer } from './freezes.js';
import type { Poison } from './poison.js';
import type { Chance } from './random.js';
import type { Redis } from './redis.js';

type Trouble = 'poison' | 'freeze' | 'long freeze' | 'flush' | 'kill redis';

export interface RedisTroubles {
  /** Processes were up before it was. */
  absentAtBoot: number;
  flushed: number;
  killed: number;
}

interface Hands {
  readonly poison: Poison;
  readonly freezer: Freezer;
  readonly redis: Redis | null;
  readonly chance: Chance;
}

/** Passes of so many kills are long enough for a worker to be frozen for longer than its job's time, or for 90 seconds. */
const KILLS = { freeze: 8, longFreeze: 100 };
const KILLS_A_TROUBLE = 12;
/** None comes later than this share of the kills: what it delays should be made up before the end. */
const EARLY = 0.6;
const REDIS_AWAY_MS = { least: 500, most: 4_000 };

/** What goes wrong besides the kills, each before a kill of a rank drawn beforehand. */
export class Troubles {
  readonly redisTroubles: RedisTroubles = { absentAtBoot: 0, flushed: 0, killed: 0 };
  private readonly plan: ReadonlyMap<number, readonly Trouble[]>;
  private readonly running: Promise<void>[] = [];
  private readonly failures: unknown[] = [];
  /** One trouble of Redis, and one freeze, at a time: each has its turn. */
  private redisTurn: Promise<void> = Promise.resolve();
  private freezeTurn: Promise<void> = Promise.resolve();

  constructor(
    kills: number,
    private readonly hands: Hands,
  ) {
    const { redis, chance } = hands;
    const several = Math.max(1, Math.round(kills / KILLS_A_TROUBLE));
    const wanted: (readonly [Trouble, number])[] = [
      ['poison', several],
      ['flush', redis ? several : 0],
      ['kill redis', redis ? several : 0],
      ['freeze', kills < KILLS.freeze ? 0 : Math.ceil(several / 2)],
      ['long freeze', kills < KILLS.longFreeze ? 0 : 1],
    ];
    const plan = new Map<number, Trouble[]>();
    for (const trouble of wanted.flatMap(([one, times]) => Array<Trouble>(times).fill(one))) {
      const rank = trouble === 'long freeze' ? 1 : chance.between(0, Math.floor(kills * EARLY));
      plan.set(rank, [...(plan.get(rank) ?? []), trouble]);
    }
    this.plan = plan;
  }

  /** Begins what is due; the kills go on meanwhile. */
  before(rank: number): void {
    for (const trouble of this.plan.get(rank) ?? []) {
      const causing = this.cause(trouble).catch((error: unknown) => void this.failures.push(error));
      this.running.push(causing);
    }
  }

  /** Until all that was begun is over: nobody frozen, Redis there. @throws when a trouble could not be caused */
  async over(): Promise<void> {
    await Promise.all(this.running);
    if (this.failures.length > 0) throw new AggregateError(this.failures, 'a trouble could not be caused');
  }

  private cause(trouble: Trouble): Promise<void> {
    const { poison, freezer, redis } = this.hands;
    if (trouble === 'poison') return poison.pour();
    if (trouble === 'freeze' || trouble === 'long freeze')
      return (this.freezeTurn = this.freezeTurn.then(() => freezer.freeze(trouble === 'long freeze')));
    if (redis) this.redisTurn = this.redisTurn.then(() => (trouble === 'flush' ? this.flush(redis) : this.kill(redis)));
    return this.redisTurn;
  }

  private async flush(redis: Redis): Promise<void> {
    await redis.flush();
    this.redisTroubles.flushed++;
  }

  private async kill(redis: Redis): Promise<void> {
    await redis.kill();
    this.redisTroubles.killed++;
    await wait(this.hands.chance.between(REDIS_AWAY_MS.least, REDIS_AWAY_MS.most));
    await redis.start();
  }
}
