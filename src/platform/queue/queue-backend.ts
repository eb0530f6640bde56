import { setTimeout as wait } from 'node:timers/promises';
import type { NewJob, QueueName } from './jobs.js';
import { Complaints, type Log } from './log.js';
import { PostgresTransport } from './postgres-transport.js';
import { RedisTransport } from './redis-transport.js';
import type { BullQueue, BullWorker, Processor, Transport } from './transport.js';

const PATIENCE_MS = 10_000;

/** The queue cannot take jobs now. Nothing is lost: the outbox keeps them. */
export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';
}

export interface QueueSettings {
  /** Redis when given, else PostgreSQL. */
  readonly redisUrl?: string | undefined;
  readonly databaseUrl: string;
  /** Prefix of the Redis keys; the braces keep them in one slot of a cluster. */
  readonly prefix?: string;
  readonly log: Log;
}

/** Opens nothing that must succeed: a store that is away is waited for in the background. */
export function createQueueBackend({ redisUrl, databaseUrl, prefix = '{bievre}', log }: QueueSettings): QueueBackend {
  const complaints = new Complaints(log);
  const transport =
    redisUrl === undefined ? new PostgresTransport(databaseUrl, complaints) : new RedisTransport(redisUrl, prefix, complaints);
  return new QueueBackend(transport, complaints);
}

/** BullMQ's queues on one store. They distribute; they are never the record. */
export class QueueBackend {
  private readonly queues = new Map<QueueName, Promise<BullQueue>>();
  private closing = false;

  constructor(
    private readonly transport: Transport,
    readonly complaints: Complaints,
  ) {}

  get kind(): 'redis' | 'postgres' {
    return this.transport.kind;
  }

  /** False when the store is known to be away. */
  reachable(): boolean {
    return !this.closing && this.transport.reachable();
  }

  /** Adds the jobs, or fails within seconds. A job whose `jobId` is already there is left as it is. @throws QueueUnavailable */
  async enqueue(name: QueueName, jobs: readonly NewJob[]): Promise<void> {
    const entries = jobs.map(({ jobId, type, ...data }) => ({ name: type, data, opts: { jobId } }));
    await this.on(name, (queue) => queue.addBulk(entries));
  }

  /** Runs `work` on a queue, or fails within seconds. @throws QueueUnavailable */
  async on<Result>(name: QueueName, work: (queue: BullQueue) => Promise<Result>): Promise<Result> {
    if (!this.reachable()) throw new QueueUnavailable(`${this.kind} is away`);
    return within(
      PATIENCE_MS,
      this.open(name).then((queue) => work(queue)),
    );
  }

  /** Runs `work` on a queue while no other process runs something `alone`. @throws QueueUnavailable */
  async alone<Result>(name: QueueName, work: (queue: BullQueue) => Promise<Result>): Promise<Result> {
    return this.on(name, (queue) => this.transport.alone(() => work(queue)));
  }

  /** A worker ready to `run()`; its owner closes it. @throws QueueUnavailable */
  async openWorker(name: QueueName, process: Processor, concurrency: number): Promise<BullWorker> {
    if (!this.reachable()) throw new QueueUnavailable(`${this.kind} is away`);
    await within(PATIENCE_MS, this.transport.prepare());
    const worker = this.transport.worker(name, process, concurrency);
    worker.on('error', (error) => this.complaints.about(`the worker of ${name} met an error`, error));
    try {
      await within(PATIENCE_MS, worker.waitUntilReady());
      return worker;
    } catch (error) {
      await worker.close(true).catch(() => undefined);
      throw error;
    }
  }

  /** Close the workers first. Returns even when the store does not answer; what still waits for it then ends. */
  async close(): Promise<void> {
    this.closing = true;
    const open = await Promise.allSettled(this.queues.values());
    const closed = Promise.allSettled(open.flatMap((queue) => (queue.status === 'fulfilled' ? [queue.value.close()] : [])));
    await within(PATIENCE_MS / 2, closed).catch(() => undefined);
    await within(PATIENCE_MS / 2, this.transport.close()).catch(() => undefined);
  }

  /** A queue that could not be opened is forgotten, so that the next call starts anew. */
  private open(name: QueueName): Promise<BullQueue> {
    let opening = this.queues.get(name);
    if (!opening) {
      opening = this.openNow(name).catch((error: unknown) => {
        this.queues.delete(name);
        throw error;
      });
      this.queues.set(name, opening);
    }
    return opening;
  }

  private async openNow(name: QueueName): Promise<BullQueue> {
    await this.transport.prepare();
    const queue = this.transport.queue(name);
    queue.on('error', (error) => this.complaints.about(`the queue ${name} met an error`, error));
    try {
      await within(PATIENCE_MS, queue.waitUntilReady());
      return queue;
    } catch (error) {
      await queue.close().catch(() => undefined);
      throw error;
    }
  }
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const timer = new AbortController();
  const late = wait(ms, undefined, { signal: timer.signal }).then(() => {
    throw new QueueUnavailable(`no answer within ${ms} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}
