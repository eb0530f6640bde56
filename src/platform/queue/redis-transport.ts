import { Queue, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type { QueueName } from './jobs.js';
import type { Complaints } from './log.js';
import { WORKER_OPTIONS, type BullQueue, type BullWorker, type Carried, type Processor, type Transport } from './transport.js';

const COMMAND_TIMEOUT_MS = 5_000;

/** Asks again soon and for ever: Redis is expected to come back. */
const patience = { connectTimeout: COMMAND_TIMEOUT_MS, retryStrategy: (times: number) => Math.min(50 * 2 ** times, 2_000) };

/** BullMQ duplicates a worker's client for its blocking reads; the copies are remembered so that closing never depends on Redis. */
class ConsumerClient extends Redis {
  readonly copies: Redis[] = [];

  override duplicate(override?: Partial<RedisOptions>): Redis {
    const copy = super.duplicate(override);
    this.copies.push(copy);
    return copy;
  }
}

export class RedisTransport implements Transport {
  readonly kind = 'redis';
  /** Fails at once when Redis is away: the relay keeps the rows and tries again. */
  private readonly producer: Redis;
  /** Waits for Redis however long it takes. One for every worker; each blocks on its own copy. */
  private consumer: ConsumerClient | undefined;

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
  }

  reachable(): boolean {
    return this.producer.status === 'ready';
  }

  prepare(): Promise<void> {
    return Promise.resolve();
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
    this.consumer ??= this.listen(new ConsumerClient(this.url, { ...patience, maxRetriesPerRequest: null }));
    return new Worker<Carried, void>(name, process, { ...WORKER_OPTIONS, connection: this.consumer, prefix: this.prefix, concurrency });
  }

  close(): void {
    for (const client of [this.producer, this.consumer, ...(this.consumer?.copies ?? [])]) client?.disconnect();
  }

  private listen<Client extends Redis>(client: Client): Client {
    client.on('error', (error) => this.complaints.about('redis is not answering', error));
    return client;
  }
}
