import pg from 'pg';
import { newId } from '../../src/kernel/id.js';
import type { Query } from '../../src/platform/database/query.js';
import { OutboxRelay, type OutboxDatabase } from '../../src/platform/outbox/index.js';
import { createQueueBackend, JobRegistry, QUEUE_RULES, type NewJob, type QueueBackend } from '../../src/platform/queue/index.js';
import { hasRedis } from '../faults/redis.js';
import { alternately, figure, type Figure } from './measure.js';
import { serveRedis } from './redis.js';
import type { Bench, Stage } from './stage.js';

const EVENTS = 20_000;
/** What the relay takes at once, and what the baseline adds at once. */
const BATCH = 500;
const ROUNDS = 5;
const TYPE = 'dossier.submitted.v1';
const [REDIS, POSTGRES] = ['relay-redis', 'relay-postgres'];

const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

class Database implements OutboxDatabase {
  constructor(readonly pool: pg.Pool) {}

  readonly read: Query = async <Row>(sql: string, params: readonly unknown[] = []) =>
    (await this.pool.query(sql, params as unknown[])).rows as Row[];

  readonly transaction: OutboxDatabase['transaction'] = async (work) => {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(async <Row>(sql: string, params: readonly unknown[] = []) => {
        return (await client.query(sql, params as unknown[])).rows as Row[];
      });
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };
}

/** Nobody works: without room for all of them the relay would rightly stop. */
const ROOM = { ...QUEUE_RULES, events: { ...QUEUE_RULES.events, maxWaiting: 2 * EVENTS } };

/** Committed events, none of them offered yet. */
async function tell({ pool }: Database): Promise<void> {
  await pool.query('TRUNCATE outbox');
  await pool.query(
    `INSERT INTO outbox (id, type, payload) SELECT id, $2, jsonb_build_object('dossierId', id) FROM unnest($1::uuid[]) AS e (id)`,
    [Array.from({ length: EVENTS }, () => newId()), TYPE],
  );
  await pool.query('VACUUM (ANALYZE) outbox');
  await pool.query('CHECKPOINT');
}

const perSecond = (started: number): number => EVENTS / ((performance.now() - started) / 1000);

/** Events a second from the outbox to the queue, by one relay. @throws Error unless each was offered once */
async function relayed(database: Database, backend: QueueBackend): Promise<number> {
  const registry = new JobRegistry();
  registry.register(TYPE, () => Promise.resolve());
  await tell(database);
  const relay = new OutboxRelay({ database, backend, registry, batch: BATCH, rules: ROOM });
  const started = performance.now();
  let taken = 0;
  for (let batch = await relay.relayOnce(); batch > 0; batch = await relay.relayOnce()) taken += batch;
  const speed = perSecond(started);
  const [row] = await database.read<{ offered: number }>('SELECT count(*)::int AS offered FROM outbox WHERE attempts = 1');
  if (taken !== EVENTS || row?.offered !== EVENTS) throw new Error(`${taken} events relayed, ${row?.offered} offered once`);
  return speed;
}

async function added(backend: QueueBackend): Promise<number> {
  const jobs = Array.from({ length: EVENTS }, (): NewJob => {
    const id = newId();
    return { jobId: `${id}-0`, type: TYPE, id, payload: { dossierId: id }, attempt: 1 };
  });
  const started = performance.now();
  for (let first = 0; first < EVENTS; first += BATCH) await backend.enqueue('events', jobs.slice(first, first + BATCH));
  return perSecond(started);
}

async function measure(name: string, database: Database, backend: QueueBackend, empty: () => Promise<unknown>): Promise<Figure> {
  // Opens the queue, and makes its tables the first time.
  await backend.enqueue('events', []);
  const [ours = [], theirs = []] = await alternately(
    [() => relayed(database, backend), () => added(backend)].map((each) => async () => {
      await empty();
      return each();
    }),
    ROUNDS,
  );
  const note = `${EVENTS} committed outbox rows to the queue, ${BATCH} at a time, by one relay; baseline: a bare addBulk loop on the same store; at least 0.5`;
  return figure(name, 'events/s', note, ours, theirs);
}

async function run(stage: Stage, wanted: ReadonlySet<string>): Promise<Figure[]> {
  const databaseUrl = await stage.url();
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2, idleTimeoutMillis: 0 });
  const database = new Database(pool);
  const figures: Figure[] = [];
  try {
    if (wanted.has(POSTGRES)) {
      const backend = createQueueBackend({ databaseUrl, log: QUIET });
      const empty = async () => {
        await pool.query('TRUNCATE bullmq.job, bullmq.event CASCADE');
        await pool.query('CHECKPOINT');
      };
      figures.push(await measure(POSTGRES, database, backend, empty));
      await backend.close();
    }
    if (wanted.has(REDIS) && !hasRedis()) console.error(`${REDIS}: left out, there is no redis-server on this machine`);
    else if (wanted.has(REDIS)) {
      await using redis = await serveRedis();
      const backend = createQueueBackend({ redisUrl: redis.url, databaseUrl, log: QUIET });
      figures.push(await measure(REDIS, database, backend, () => redis.flush()));
      await backend.close();
    }
  } finally {
    await pool.end();
  }
  return figures;
}

export const relayBench: Bench = { figures: [REDIS, POSTGRES], run };
