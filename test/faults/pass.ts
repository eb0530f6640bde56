import { EventEmitter } from 'node:events';
import { groupBy } from '../../src/kernel/group-by.js';
import { startApp, type TestApp } from '../setup/app.js';
import { Client, History } from './clients.js';
import { watchCommits } from './commits.js';
import { drain } from './drain.js';
import { Freezer } from './freezes.js';
import { prepareGround, Supply } from './ground.js';
import type { HookFigures } from './hook-verdict.js';
import { HOOK_SETTINGS, Hooks } from './hooks.js';
import { killAtRandom } from './killer.js';
import { openMailSink, type MailSink } from './mail-sink.js';
import { MailMoods, type MailTroubles } from './mail-trouble.js';
import { copiesSentAgain } from './mail-verdict.js';
import { Pace } from './pace.js';
import { Poison } from './poison.js';
import { Chance } from './random.js';
import { Redis } from './redis.js';
import { freePort, Replica, type Kind } from './replica.js';
import { Troubles, type RedisTroubles } from './troubles.js';
import { judge, type Verdict } from './verdict.js';

export type Backend = 'postgres' | 'redis';

export interface PassSettings {
  readonly backend: Backend;
  readonly kills: number;
  readonly seed: number;
  /** The project's root, where the compiled files are. */
  readonly root: string;
}

/** The line that a pass prints. */
export interface Figures {
  readonly backend: Backend;
  readonly seed: number;
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Events that were due after the last kill while nothing more was being done, and that an operator had to offer again at once. */
  readonly late: number;
  /** Events that were not due yet then: what had been offered, and was lost with a store or a worker. */
  readonly hastened: number;
  /** Requests that a kill cut before the answer. */
  readonly cut: number;
  /** Acts found done when they were asked again. */
  readonly foundDone: number;
  /** From the first kill to the last, for one. */
  readonly secondsAKill: number;
  readonly mails: number;
  /** Copies of a message, beyond the first, that a kill, a freeze or a silent server explains. */
  readonly mailsAgain: number;
  readonly mailTroubles: MailTroubles;
  /** Null when the queue is on PostgreSQL. */
  readonly redisTroubles: RedisTroubles | null;
  /** Workers that were frozen for longer than their job's time, and went on. */
  readonly freezes: number;
  /** Events that no handler can deal with, and that became dead letters. */
  readonly poisoned: number;
  readonly webhooks: HookFigures;
}

export interface Pass {
  readonly figures: Figures;
  readonly verdict: Verdict;
  /** Answers and exits that should not have been. */
  readonly complaints: readonly string[];
}

const SECRET = 'a secret for faults only, of forty characters';
/** Of each kind. With two that start again, most are at work. */
const PLACES = { short: 2, long: 3 };
const LONG_PASS = 16;
const CLIENTS = 5;
const READY_MS = 180_000;
const KILLS_A_STALL = 10;

/** Kills API and worker processes while people work and everything around them goes wrong, then compares what people were told with what is there. */
export async function runPass(settings: PassSettings): Promise<Pass> {
  const { backend, seed, kills } = settings;
  const redis = backend === 'redis' ? await Redis.create() : null;
  const pulse = new EventEmitter();
  const moods = new MailMoods(new Chance(seed, 'moods'), Math.floor(kills / KILLS_A_STALL));
  const sink = await openMailSink(new Chance(seed, 'mail'), moods, pulse);
  const app = await startApp({ env: { TOKEN_SECRET: SECRET, ...HOOK_SETTINGS } });
  const hooks = await Hooks.open(app);
  try {
    return await killDuring({ app, sink, hooks, pulse, redis }, settings);
  } finally {
    await hooks.close();
    await app.close();
    await sink.close();
    await redis?.kill('SIGTERM');
  }
}

interface Scene {
  readonly app: TestApp;
  readonly sink: MailSink;
  readonly hooks: Hooks;
  /** Says the worst moments. */
  readonly pulse: EventEmitter;
  readonly redis: Redis | null;
}

async function killDuring(scene: Scene, settings: PassSettings): Promise<Pass> {
  const { app, sink, hooks, pulse, redis } = scene;
  const { seed, kills } = settings;
  const ground = await prepareGround(app);
  const supply = new Supply(app, ground.model);
  const history = new History();
  const endWatch = await watchCommits(app.ground.databaseUrl, history.askedOf, pulse);
  const replicas: Replica[] = [];
  const abandon = (): void => replicas.forEach((replica) => replica.abandon());
  process.once('exit', abandon);
  try {
    const fill = async (rank: number): Promise<void> => {
      for (const kind of ['api', 'worker'] as const) replicas.push(await replicaOf(kind, rank, scene, settings.root));
    };
    await fill(0);
    const [poison, freezer] = [new Poison(app), new Freezer(replicas, new Chance(seed, 'freezer'))];
    const troubles = new Troubles(kills, { poison, freezer, redis, chance: new Chance(seed, 'troubles') });
    await someReady(replicas);
    await redis?.start();
    if (redis) troubles.redisTroubles.absentAtBoot++;
    // The others start while people work already: a start costs more than anything else here.
    for (let rank = 1; rank < (kills < LONG_PASS ? PLACES.short : PLACES.long); rank++) await fill(rank);
    const urls = replicas.filter(({ kind }) => kind === 'api').map(({ url }) => url);
    const stop = new AbortController();
    const pace = new Pace(app);
    const working = Array.from({ length: CLIENTS }, (_, rank) =>
      new Client({ app, ground, supply, history, urls, pace: rank === 0 ? null : pace, chance: new Chance(seed, `client ${rank}`) }).work(
        stop.signal,
      ),
    );
    const watching = pace.watch(stop.signal);
    const start = performance.now();
    const hunt = { replicas, pulse, chance: new Chance(seed, 'killer'), before: (rank: number) => troubles.before(rank) };
    await killAtRandom(hunt, kills).finally(() => stop.abort());
    const secondsAKill = Math.round((performance.now() - start) / kills / 100) / 10;
    sink.moods.calmDown();
    await Promise.all([...working, watching, troubles.over()]);
    await hooks.disableNasty();
    await someReady(replicas);
    const drained = await drain(app);
    await Promise.all(replicas.map((replica) => replica.stop()));
    const [{ freezes }, { acknowledged, complaints, cut, foundDone }] = [freezer, history];
    const killed = new Set(replicas.flatMap((replica) => replica.killed));
    const heard = { arrivals: sink.arrivals, refusals: sink.moods.refusals, killed, freezes, poison, hooks };
    const { verdict, webhooks } = await judge(app, { ground, items: supply.made, acknowledged, ...heard });
    const { lost, duplicated } = verdict;
    const mailsAgain = copiesSentAgain(sink.arrivals).length;
    const figures = {
      ...{ backend: settings.backend, seed, kills: killed.size, acknowledged: acknowledged.length },
      ...{ lost: lost.length, duplicated: duplicated.length, ...drained, cut, foundDone, secondsAKill },
      ...{ mails: sink.arrivals.length - mailsAgain, mailsAgain, mailTroubles: sink.moods.troubles },
      ...{ redisTroubles: redis && troubles.redisTroubles, freezes: freezes.length, poisoned: poison.count, webhooks },
    };
    return { figures, verdict, complaints: [...complaints, ...replicas.flatMap((replica) => replica.complaints)] };
  } catch (error) {
    throw new AggregateError([error, ...replicas.flatMap(({ complaints }) => complaints), ...history.complaints], 'the pass could not end');
  } finally {
    abandon();
    await endWatch();
    process.off('exit', abandon);
  }
}

async function replicaOf(kind: Kind, rank: number, { app, sink, redis }: Scene, root: string): Promise<Replica> {
  return new Replica(kind, `${kind}-${rank}`, root, await freePort(), (life) => ({
    DATABASE_URL: app.ground.databaseUrl,
    DATABASE_POOL_SIZE: '5',
    DATA_DIR: app.ground.environment.dataDir,
    PUBLIC_URL: app.ground.environment.publicUrl,
    TOKEN_SECRET: SECRET,
    SMTP_URL: sink.urlFor(life),
    // One mail a message, so that each can be accounted for.
    MAIL_GROUPING_SECONDS: '0',
    RATE_LIMIT_PER_MINUTE: '1000000',
    LOG_LEVEL: 'warn',
    ...HOOK_SETTINGS,
    ...(redis ? { REDIS_URL: redis.url } : {}),
  }));
}

/** One of each kind: enough to work, and the others come. */
async function someReady(replicas: readonly Replica[]): Promise<void> {
  const kinds = groupBy(replicas, ({ kind }) => kind).values();
  await Promise.all([...kinds].map((places) => Promise.any(places.map((replica) => replica.untilReady(READY_MS)))));
}
