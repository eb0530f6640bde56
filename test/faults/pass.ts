import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { startApp, type TestApp } from '../setup/app.js';
import { Client, History } from './clients.js';
import { watchCommits } from './commits.js';
import { countUnhandled } from './facts.js';
import { prepareGround, Supply } from './ground.js';
import { openMailSink, type MailSink } from './mail-sink.js';
import { copiesSentAgain } from './mail-verdict.js';
import { Chance } from './random.js';
import { startRedis } from './redis.js';
import { freePort, Replica, type Kind } from './replica.js';
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
  /** Events that were not dealt with a while after the last kill, and that an operator had to offer again at once. */
  readonly late: number;
  /** Requests that a kill cut before the answer. */
  readonly cut: number;
  /** Acts found done when they were asked again. */
  readonly foundDone: number;
  readonly mails: number;
  /** Copies of a message, beyond the first, that a kill explains. */
  readonly mailsAgain: number;
}

export interface Pass {
  readonly figures: Figures;
  readonly verdict: Verdict;
  /** Answers and exits that should not have been. */
  readonly complaints: readonly string[];
}

const SECRET = 'a secret for faults only, of forty characters';
const REPLICAS: readonly Kind[] = ['api', 'api', 'worker', 'worker'];
const CLIENTS = 5;
const MEAN_BETWEEN_KILLS_MS = 400;
/** The share of kills that do not wait for a process to be up: it dies while it starts. */
const KILLED_STARTING = 0.15;
/** The share of kills that wait for the worst moment: an act of that API has just committed, a message of that worker is being taken. */
const KILLED_AT_WORST = 0.5;
const SENDING_MS = 30;
const IDLE_MS = 1_000;
const READY_MS = 120_000;
/** Twice what BullMQ takes to see that a worker is gone. */
const PATIENT_MS = 20_000;
const DRAIN_MS = 60_000;

/** Kills API and worker processes while people work, then compares what people were told with what is there. */
export async function runPass(settings: PassSettings): Promise<Pass> {
  const { backend, seed } = settings;
  const redis = backend === 'redis' ? await startRedis() : null;
  const pulse = new EventEmitter();
  const sink = await openMailSink(new Chance(seed, 'mail'), pulse);
  const app = await startApp({ env: { TOKEN_SECRET: SECRET } });
  try {
    return await killDuring({ app, sink, pulse, redisUrl: redis?.url }, settings);
  } finally {
    await app.close();
    await sink.close();
    await redis?.stop();
  }
}

interface Scene {
  readonly app: TestApp;
  readonly sink: MailSink;
  /** Says the address of an API that has committed, the name of a worker that sends. */
  readonly pulse: EventEmitter;
  readonly redisUrl: string | undefined;
}

async function killDuring(scene: Scene, settings: PassSettings): Promise<Pass> {
  const { app, sink, pulse } = scene;
  const { backend, seed, kills } = settings;
  const ground = await prepareGround(app);
  const supply = new Supply(app, ground.model);
  const history = new History();
  const endWatch = await watchCommits(app.ground.databaseUrl, history.askedOf, pulse);
  const replicas: Replica[] = [];
  const abandon = (): void => replicas.forEach((replica) => replica.abandon());
  process.once('exit', abandon);
  try {
    for (const [rank, kind] of REPLICAS.entries()) replicas.push(await replicaOf(kind, rank, scene, settings.root));
    await allReady(replicas);
    const urls = replicas.filter(({ kind }) => kind === 'api').map(({ url }) => url);
    const stop = new AbortController();
    const working = Array.from({ length: CLIENTS }, (_, rank) =>
      new Client({ ground, supply, history, urls, chance: new Chance(seed, `client ${rank}`) }).work(stop.signal),
    );
    const killing = killAtRandom(replicas, kills, { pulse, chance: new Chance(seed, 'killer') }).finally(() => stop.abort());
    await Promise.all([killing, ...working]);
    await allReady(replicas);
    const late = await drain(app);
    await Promise.all(replicas.map((replica) => replica.stop()));
    const { acknowledged, complaints, cut, foundDone } = history;
    const killed = new Set(replicas.flatMap((replica) => replica.killed));
    const verdict = await judge(app, { ground, items: supply.made, acknowledged, arrivals: sink.arrivals, killed });
    const { lost, duplicated } = verdict;
    const mailsAgain = copiesSentAgain(sink.arrivals).length;
    const figures = {
      ...{ backend, seed, kills: killed.size, acknowledged: acknowledged.length, lost: lost.length, duplicated: duplicated.length, late },
      ...{ cut, foundDone, mails: sink.arrivals.length - mailsAgain, mailsAgain },
    };
    return { figures, verdict, complaints: [...complaints, ...replicas.flatMap((replica) => replica.complaints)] };
  } finally {
    abandon();
    await endWatch();
    process.off('exit', abandon);
  }
}

async function replicaOf(kind: Kind, rank: number, { app, sink, redisUrl }: Scene, root: string): Promise<Replica> {
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
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
  }));
}

async function allReady(replicas: readonly Replica[]): Promise<void> {
  await Promise.all(replicas.map((replica) => replica.untilReady(READY_MS)));
}

/** At moments that know nothing of what goes on, and at the worst ones. */
async function killAtRandom(
  replicas: readonly Replica[],
  kills: number,
  { pulse, chance }: { pulse: EventEmitter; chance: Chance },
): Promise<void> {
  for (let done = 0; done < kills; done++) {
    await wait(chance.exponential(MEAN_BETWEEN_KILLS_MS));
    const victim = chance.pick(replicas);
    const [isStarting, isAtWorst, moment] = [chance.next() < KILLED_STARTING, chance.next() < KILLED_AT_WORST, chance.next()];
    if (!isStarting) await victim.untilReady(READY_MS);
    if (!isStarting && isAtWorst) {
      await once(pulse, victim.kind === 'api' ? victim.url : victim.current, { signal: AbortSignal.timeout(IDLE_MS) }).catch(
        () => undefined,
      );
      if (victim.kind === 'worker') await wait(moment * SENDING_MS);
    }
    await victim.kill();
  }
}

/** Until every event is dealt with. Gives how many were not, when the patience of an operator ended, who then had them offered again at once. */
async function drain(app: TestApp): Promise<number> {
  const start = Date.now();
  let late: number | null = null;
  for (;;) {
    const waiting = await countUnhandled(app);
    if (waiting === 0) return late ?? 0;
    if (Date.now() - start > DRAIN_MS) throw new Error(`${waiting} events still wait ${DRAIN_MS} ms after the last kill`);
    if (late === null && Date.now() - start > PATIENT_MS) {
      late = waiting;
      await app.query('UPDATE outbox SET available_at = now() WHERE handled_at IS NULL');
    }
    await wait(100);
  }
}
