import { setTimeout as wait } from 'node:timers/promises';
import {
  assertSchemaCompatibility,
  createPostgresBackend,
  LATEST_SCHEMA_VERSION,
  runMigrations,
  SchemaMigrationRequiredError,
  withBackend,
  type BackendFactory,
  type PgPool,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
} from 'bullmq';
import pg from 'pg';
import { QUEUES, type QueueName } from './jobs.js';
import type { Complaints } from './log.js';
import { WORKER_OPTIONS, type BullQueue, type BullWorker, type Carried, type Processor, type Transport } from './transport.js';

const SCHEMA = 'bullmq';
/** Connections at most for the statements of all queues and workers of a process. Each worker holds one more, on which it listens. */
const STATEMENTS = 6;

/** BullMQ asks again at once after an error it does not take for a lost connection ("the database system is starting up"): it would spin. */
const patientBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (name, options, more) => {
  const backend = createPostgresBackend(name, options, more);
  const moveToActive = backend.moveToActive.bind(backend);
  backend.moveToActive = async (token, worker): Promise<unknown[]> => {
    try {
      return (await moveToActive(token, worker)) as unknown[];
    } catch (error) {
      await wait(WORKER_OPTIONS.runRetryDelay);
      throw error;
    }
  };
  return backend;
};

const bull = withBackend(patientBackend);

export class PostgresTransport implements Transport {
  readonly kind = 'postgres';
  private prepared: Promise<void> | undefined;
  private pool: pg.Pool | undefined;

  constructor(
    private readonly url: string,
    private readonly complaints: Complaints,
  ) {}

  reachable(): boolean {
    return true;
  }

  /** BullMQ's own tables, in a schema of their own. A worker started without them spins. */
  prepare(): Promise<void> {
    this.prepared ??= this.migrate().catch((error: unknown) => {
      this.prepared = undefined;
      throw error;
    });
    return this.prepared;
  }

  /** BullMQ 6.7 reads a clock before it replaces it, without a lock: two at once would leave two chains of ticks (seen: 35 for 20 clocks). */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.withClient(async (client) => {
      await client.query("SELECT set_config('lock_timeout', '5s', false), pg_advisory_lock(hashtext('bievre:clocks'))");
      return work();
    });
  }

  queue(name: QueueName): BullQueue {
    return new bull.Queue<Carried, void>(name, { connection: this.connection() });
  }

  worker(name: QueueName, process: Processor, concurrency: number): BullWorker {
    return new bull.Worker<Carried, void>(name, process, { ...WORKER_OPTIONS, connection: this.connection(), concurrency });
  }

  async close(): Promise<void> {
    const { pool } = this;
    [this.prepared, this.pool] = [undefined, undefined];
    await pool?.end();
  }

  /**
   * What BullMQ takes for a pool of its own. Left to open them, it would hold four connections for each queue that has a worker. It adds a listener
   * to the pool for each of its objects and never takes one away: the pool's errors are heard here, once.
   */
  private connection(): PgPool {
    const pool = (this.pool ??= this.openPool());
    const share: PgPool = {
      connect: () => pool.connect(),
      query: <Row>(text: string, params?: readonly unknown[]) => pool.query<Row & pg.QueryResultRow>(text, params as unknown[]),
      end: () => Promise.resolve(),
      on: () => share,
      removeAllListeners: () => share,
    };
    // BullMQ reads there whether a listening connection would notice that its wire was cut.
    return Object.assign(share, { options: pool.options });
  }

  private openPool(): pg.Pool {
    const max = QUEUES.length + STATEMENTS;
    const options = `-c search_path=${SCHEMA}`;
    const pool = new pg.Pool({
      ...this.settings(),
      options,
      max,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      query_timeout: 15_000,
    });
    return pool.on('error', (error) => this.complaints.about('postgresql left the queue', error));
  }

  private settings() {
    return { connectionString: this.url, connectionTimeoutMillis: 5_000, application_name: 'bievre-queue' };
  }

  private migrate(): Promise<void> {
    return this.withClient(async (client) => {
      if ((await schemaVersion(client)) < LATEST_SCHEMA_VERSION) await runMigrations(client, SCHEMA);
    });
  }

  private async withClient<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const client = new pg.Client(this.settings());
    client.on('error', (error) => this.complaints.about('postgresql left the queue', error));
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}

async function schemaVersion(client: pg.Client): Promise<number> {
  try {
    return await assertSchemaCompatibility(client, SCHEMA);
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return 0;
    throw error;
  }
}
