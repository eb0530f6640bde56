import { setTimeout as wait } from 'node:timers/promises';
import {
  assertSchemaCompatibility,
  createPostgresBackend,
  LATEST_SCHEMA_VERSION,
  runMigrations,
  SchemaMigrationRequiredError,
  withBackend,
  type BackendFactory,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
} from 'bullmq';
import pg from 'pg';
import type { QueueName } from './jobs.js';
import type { Complaints } from './log.js';
import { WORKER_OPTIONS, type BullQueue, type BullWorker, type Carried, type Processor, type Transport } from './transport.js';

const SCHEMA = 'bullmq';

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
    return new bull.Queue<Carried, void>(name, { connection: this.pool(1) });
  }

  worker(name: QueueName, process: Processor, concurrency: number): BullWorker {
    return new bull.Worker<Carried, void>(name, process, { ...WORKER_OPTIONS, connection: this.pool(2), concurrency });
  }

  /** Each queue and worker closes its own pool. */
  close(): void {
    this.prepared = undefined;
  }

  /** BullMQ keeps a pool for each queue and worker, and one listening connection more for a worker. */
  private pool(max: number) {
    return { ...this.connection(), schema: SCHEMA, max, keepAlive: true, query_timeout: 15_000 };
  }

  private connection() {
    return { connectionString: this.url, connectionTimeoutMillis: 5_000, application_name: 'bievre-queue' };
  }

  private migrate(): Promise<void> {
    return this.withClient(async (client) => {
      if ((await schemaVersion(client)) < LATEST_SCHEMA_VERSION) await runMigrations(client, SCHEMA);
    });
  }

  private async withClient<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const client = new pg.Client(this.connection());
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
