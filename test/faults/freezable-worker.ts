import { setTimeout as wait } from 'node:timers/promises';
import { SystemClock } from '../../src/kernel/clock.js';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { refuseUnlessInHand } from '../../src/platform/job-in-hand.js';
import { claim, markHandled, QueueRuntime } from '../../src/platform/outbox/index.js';
import { QUEUE_RULES, type EventType, type Log, type Rules } from '../../src/platform/queue/index.js';

/**
 * A worker to be frozen: run with its name, DATABASE_URL, REDIS_URL and TIMEOUT_MS. It writes what it does in the table `done`, says where it is on
 * its output, and the first of its name to come there stays for PAUSE_MS.
 */
const { DATABASE_URL: databaseUrl = '', REDIS_URL: redisUrl, TIMEOUT_MS, PAUSE_MS, NAME: name = '' } = process.env;

const say = (said: string, fields: object = {}): void => void process.stdout.write(`${JSON.stringify({ said, ...fields })}\n`);
const log: Log = {
  info: (fields, message) => {
    say(message, fields);
  },
  warn: (fields, message) => {
    say(message, fields);
  },
  error: (fields, message) => {
    say(message, fields);
  },
};
const rules = Object.fromEntries(
  Object.entries(QUEUE_RULES).map(([queue, usual]) => [
    queue,
    { ...usual, timeoutMs: Number(TIMEOUT_MS), backoff: { firstMs: 500, lastMs: 500 } },
  ]),
) as unknown as Rules;

const source = createDataSource(databaseUrl, 5);
await source.initialize();
const work = new UnitOfWork(source, new SystemClock());
const database = { read: work.read, transaction: work.transaction.bind(work) };
const runtime = new QueueRuntime({ redisUrl, databaseUrl, database, log, rules });
const { registry } = runtime;

const write = (id: string, step: number) => ['INSERT INTO done (event_id, worker, step) VALUES ($1, $2, $3)', [id, name, step]] as const;
/** Where the test freezes it. */
async function pause(): Promise<void> {
  say('here');
  await wait(Number(PAUSE_MS));
}

const TYPES = ['test.inside.v1', 'test.between.v1', 'test.outside.v1'] as unknown as readonly [EventType, EventType, EventType];
const [inside, between, outside] = TYPES;
registry.declare(...TYPES);
/** Frozen inside its transaction. */
registry.register(inside, ({ id }) =>
  work.transaction(async (query) => {
    if ((await claim(query, id)) === null) return;
    await query(...write(id, 1));
    await pause();
    await query(...write(id, 2));
    await markHandled(query, id);
  }),
);
/** Frozen between two transactions. */
registry.register(between, async ({ id }) => {
  await work.transaction((query) => query(...write(id, 1)));
  await pause();
  await work.transaction((query) => query(...write(id, 2)));
});
/** Frozen between two effects that no transaction takes back. */
registry.register(outside, async ({ id }) => {
  for (const step of [1, 2]) {
    await refuseUnlessInHand(work.read, [id]);
    await work.read(...write(id, step));
    if (step === 1) await pause();
  }
});
runtime.check();
runtime.start();
process.once('SIGTERM', () => {
  void runtime.stop().then(() => source.destroy());
});
say('ready');
