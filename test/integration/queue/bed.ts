import pg from 'pg';
import { newId } from '../../../src/kernel/id.js';
import type { Query } from '../../../src/platform/database/query.js';
import { fence, jobInHand, refuseIfLate } from '../../../src/platform/job-in-hand.js';
import { OutboxRelay, outboxDelivery, type OutboxDatabase, type RelaySettings } from '../../../src/platform/outbox/index.js';
import {
  createQueueBackend,
  JobRegistry,
  QUEUE_RULES,
  QueueWorkers,
  Scheduler,
  type Log,
  type QueueBackend,
  type QueueRules,
  type Rules,
} from '../../../src/platform/queue/index.js';
import { cloneDatabase } from '../../setup/database.js';
import { hasRedis, RedisServer } from './redis-server.js';

declare module '../../../src/platform/queue/jobs.js' {
  interface JobMap {
    'test.happened.v1': { thingId: string };
    'test.mailed.v1': { thingId: string };
    'test.ignored.v1': { thingId: string };
    'clock.test': Record<string, never>;
  }
}

export type Kind = 'postgres' | 'redis';

/** Every suite of the queue runs on each of these. */
export function backends(): Kind[] {
  return hasRedis ? ['postgres', 'redis'] : ['postgres'];
}

/** One line a log call, to see what was said. */
export class SpyLog implements Log {
  readonly lines: string[] = [];
  readonly info = (fields: object, message: string): void => this.keep(fields, message);
  readonly warn = (fields: object, message: string): void => this.keep(fields, message);
  readonly error = (fields: object, message: string): void => this.keep(fields, message);

  private keep(fields: object, message: string): void {
    this.lines.push(`${message} ${JSON.stringify(fields)}`);
  }
}

/** A database and, on Redis, a server; and processes of ours on them, closed at the end. */
export class Bed {
  readonly log = new SpyLog();
  private readonly closers: (() => Promise<void>)[] = [];

  private constructor(
    readonly kind: Kind,
    readonly databaseUrl: string,
    readonly pool: pg.Pool,
    readonly redis: RedisServer | undefined,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(kind: Kind, { redisUp = true } = {}): Promise<Bed> {
    const database = await cloneDatabase();
    const redis = kind === 'redis' ? await RedisServer.create() : undefined;
    if (redisUp) await redis?.start();
    return new Bed(kind, database.url, new pg.Pool({ connectionString: database.url, idleTimeoutMillis: 0 }), redis, () => database.drop());
  }

  readonly read: Query = async <Row>(sql: string, params: readonly unknown[] = []) => {
    const { rows } = await this.pool.query(sql, params as unknown[]);
    return rows as Row[];
  };

  readonly transaction: OutboxDatabase['transaction'] = async (work) => {
    const client = await this.pool.connect();
    client.on('error', () => undefined);
    const query: Query = async <Row>(sql: string, params: readonly unknown[] = []) =>
      (await client.query(sql, params as unknown[])).rows as Row[];
    try {
      await client.query('BEGIN');
      // As UnitOfWork does.
      const job = jobInHand.getStore();
      if (job) await fence(query, job);
      const result = await work(query);
      refuseIfLate();
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.removeAllListeners('error');
      client.release();
    }
  };

  /** What one process has. Nothing is started. A failure waits for `firstLeaseMs` too; `limits` bear on every queue. */
  process({ limits, ...relay }: Partial<RelaySettings> & { limits?: Partial<QueueRules> } = {}): Process {
    const { firstLeaseMs = 30_000, lastLeaseMs = 600_000 } = relay;
    const backoff = { firstMs: firstLeaseMs, lastMs: lastLeaseMs };
    const rules = Object.fromEntries(
      Object.entries(QUEUE_RULES).map(([name, usual]) => [name, { ...usual, timeoutMs: 3_000, backoff, ...limits }]),
    ) as unknown as Rules;
    const backend = createQueueBackend({ redisUrl: this.redis?.url, databaseUrl: this.databaseUrl, prefix: '{test}', log: this.log });
    const registry = new JobRegistry();
    const scheduler = new Scheduler(backend, 500);
    const workers = new QueueWorkers({
      backend,
      queues: () => registry.queues(),
      rules,
      process: outboxDelivery({ database: this, registry, log: this.log, rules }),
    });
    const made: Process = {
      backend,
      registry,
      scheduler,
      workers,
      relay: new OutboxRelay({ database: this, backend, registry, pollMs: 20, rules, ...relay }),
    };
    this.closers.push(async () => {
      await Promise.all([made.relay.stop(), made.scheduler.stop()]);
      await workers.stop();
      await backend.close();
    });
    return made;
  }

  /** Events as an act leaves them. Gives their ids. */
  async tell(count: number, type = 'test.happened.v1'): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId());
    await this.read(
      `INSERT INTO outbox (id, type, payload) SELECT id, $2, jsonb_build_object('thingId', id) FROM unnest($1::uuid[]) AS e (id)`,
      [ids, type],
    );
    return ids;
  }

  async unhandled(): Promise<number> {
    const [row] = await this.read<{ n: number }>('SELECT count(*)::int AS n FROM outbox WHERE handled_at IS NULL');
    return row?.n ?? NaN;
  }

  async close(): Promise<void> {
    await Promise.all(this.closers.map((close) => close()));
    await this.pool.end();
    await this.redis?.kill();
    await this.drop();
  }
}

export interface Process {
  readonly backend: QueueBackend;
  readonly registry: JobRegistry;
  readonly scheduler: Scheduler;
  readonly workers: QueueWorkers;
  readonly relay: OutboxRelay;
}
