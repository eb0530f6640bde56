import { once, type EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Chance } from './random.js';
import type { Kind, Replica } from './replica.js';

/** Said on the pulse with the name of who does it: an API has just committed an act, a worker's message is being taken. */
export const WORST_MOMENT = { api: 'committed', worker: 'sending' } as const satisfies Record<Kind, string>;

const KINDS: readonly Kind[] = ['api', 'worker'];
const MEAN_BETWEEN_KILLS_MS = 300;
/** Started at once: more would only share the same cores, and leave nobody at work. */
const MOST_STARTING = 2;
/** The share of kills that hit a process while it starts. */
const KILLED_STARTING = 0.15;
/** The share of kills that wait for the worst moment. */
const KILLED_AT_WORST = 0.6;
const SENDING_MS = 30;
const IDLE_MS = 3_000;
const READY_MS = 180_000;

export interface Hunt {
  readonly replicas: readonly Replica[];
  readonly pulse: EventEmitter;
  readonly chance: Chance;
  /** What else happens before the kill of that rank. */
  readonly before: (rank: number) => void;
}

/** Kills at moments that know nothing of what goes on, and at the worst ones; never waits for one process when another is there to be killed. */
export async function killAtRandom({ replicas, pulse, chance, before }: Hunt, kills: number): Promise<void> {
  for (let done = 0; done < kills; done++) {
    before(done);
    await wait(chance.exponential(MEAN_BETWEEN_KILLS_MS));
    // The first of each kind hits it at work, however short the pass.
    const isFirst = done < KINDS.length;
    const kind = KINDS[done % KINDS.length] ?? chance.pick(KINDS);
    const [isStarting, isAtWorst] = [!isFirst && chance.next() < KILLED_STARTING, isFirst || chance.next() < KILLED_AT_WORST];
    const early = isStarting ? replicas.filter(({ starting }) => starting) : [];
    const victim = early.length > 0 ? chance.pick(early) : await someoneAtWork({ replicas, pulse, chance }, kind, isAtWorst);
    await victim.kill();
  }
}

type Seen = Omit<Hunt, 'before'>;

async function someoneAtWork({ replicas, pulse, chance }: Seen, kind: Kind, isAtWorst: boolean): Promise<Replica> {
  const atWork = (): Replica[] => replicas.filter((one) => one.kind === kind && one.ready);
  const end = Date.now() + READY_MS;
  while (replicas.filter(({ starting }) => starting).length >= MOST_STARTING || atWork().length === 0) {
    if (Date.now() > end) throw new Error(`no ${kind} at work for ${READY_MS} ms`);
    await wait(20);
  }
  if (isAtWorst) {
    const [name] = (await once(pulse, WORST_MOMENT[kind], { signal: AbortSignal.timeout(IDLE_MS) }).catch(() => [])) as [string?];
    const busy = atWork().find(({ url, current }) => name === (kind === 'api' ? url : current));
    if (busy && kind === 'worker') await wait(chance.next() * SENDING_MS);
    if (busy) return busy;
  }
  const [someone] = atWork();
  return someone ? chance.pick(atWork()) : chance.pick(replicas);
}
