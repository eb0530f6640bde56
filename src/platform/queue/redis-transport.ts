import { once } from 'node:events';
import { Queue, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type { QueueName } from './jobs.js';
import type { Complaints } from './log.js';
import { WORKER_OPTIONS, type BullQueue, type BullWorker, type Carried, type Processor, type Transport } from './transport.js';

const COMMAND_TIMEOUT_MS = 5_000;
const FIRST_CONNECTION_MS = 2_000;

/** Asks again soon and for ever: Redis is expected to come back. */
const patience = {
  connectTimeout: COMMAND_TIMEOUT_MS,
  disconnectTimeout: 200,
  retryStrategy: (times: number) => Math.min(50 * 2 ** times, 2_000),
};

/** BullMQ duplicates a worker's client for its blocking reads; the copies are remembered so that closing never depends on Redis. */
class ConsumerClient extends Redis {
  constructor(
    private readonly url: string,
    private readonly clients: Set<ConsumerClient>,
    options: Partial<RedisOptions> = {},
  ) {
    super(url, { ...patience, maxRetriesPerRequest: null, ...options });
    clients.add(this);
  }

  override duplicate(override?: Partial<RedisOptions>): Redis {
    return new ConsumerClient(this.url, this.clients, override);
  }

  /**
   * ioredis parks a client that is dropped between two connections: it never says 'end' and its commands wait for ever, BullMQ's close with
   * them. A connection begun and dropped ends it.
   */
  override disconnect(reconnect = false): void {
    super.disconnect(reconnect);
    if (reconnect || this.status !== 'reconnecting') return;
    this.connect().catch(() => undefined);
    super.disconnect();
  }
}

export class RedisTransport implements Transport {
  readonly kind = 'redis';
  /** Fails at once when Redis is away: the relay keeps the rows and tries again. */
  private readonly producer: Redis;
  /** Waits for Redis however long it takes. One for every worker; each blocks on its own copy. */
  private consumer: ConsumerClient | undefined;
  private readonly consumers = new Set<ConsumerClient>();
  private failed = false;

  constructor(
    private readonly url: string,
    private readonly prefix: string,
    private readonly complaints: Complaints,
  ) {
    this.producer = new Redis(url, {
      ...patience,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      commandTimeout: COMMAND_TIMEOUT_MS,
    });
    this.listen(this.producer);
    this.producer.once('close', () => {
      this.failed = true;
    });
  }

  /** A first connection that has not failed yet counts: at boot there is nothing to complain about. */
  reachable(): boolean {
    return this.producer.status === 'ready' || !this.failed;
  }

  async prepare(): Promise<void> {
    if (this.producer.status === 'ready') return;
    await once(this.producer, 'ready', { signal: AbortSignal.timeout(FIRST_CONNECTION_MS) });
  }

  /** A clock is written by one script: nothing comes in between. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return work();
  }

  queue(name: QueueName): BullQueue {
    // The version check sends a command while connecting; a failure there would break this queue for good.
    return new Queue<Carried, void>(name, {
      connection: this.producer,
      prefix: this.prefix,
      skipVersionCheck: true,
      streams: { events: { maxLen: 100 } },
    });
  }

  worker(name: QueueName, process: Processor, concurrency: number): BullWorker {
    this.consumer ??= this.listen(new ConsumerClient(this.url, this.consumers));
    return new Worker<Carried, void>(name, process, { ...WORKER_OPTIONS, connection: this.consumer, prefix: this.prefix, concurrency });
  }

  close(): Promise<void> {
    for (const client of [this.producer, ...this.consumers]) if (client.status !== 'end') client.disconnect();
    return Promise.resolve();
  }

  private listen<Client extends Redis>(client: Client): Client {
    client.on('error', (error) => this.complaints.about('redis is not answering', error));
    return client;
  }
}
