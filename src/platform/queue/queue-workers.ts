import { setTimeout as wait } from 'node:timers/promises';
import type { Bundle, QueueName } from './jobs.js';
import type { QueueBackend } from './queue-backend.js';
import { QUEUE_RULES, type Rules } from './queue-rules.js';
import type { BullWorker, Processor } from './transport.js';

const RETRY_MS = 1_000;
/** A handler that outlives this after a stop is left to the outbox, which offers its event again. */
const GRACE_MS = 25_000;
const CLOSING_MS = 1_000;

export interface WorkersSettings {
  readonly backend: QueueBackend;
  readonly process: (bundle: Bundle) => Promise<void>;
  /** Those that have handlers, asked for at the start: on PostgreSQL each worker holds a connection. */
  readonly queues: () => readonly QueueName[];
  readonly rules?: Rules;
  readonly graceMs?: number;
}

/** A worker for each queue that has handlers, opened as soon as the store answers and opened again if it ever ends. */
export class QueueWorkers {
  private readonly stopping = new AbortController();
  private readonly open = new Set<BullWorker>();
  /** By job. */
  private readonly running = new Map<string, Promise<void>>();
  private loops: Promise<unknown> = Promise.resolve();

  constructor(private readonly settings: WorkersSettings) {}

  /** Returns at once. */
  start(): void {
    this.loops = Promise.all(this.settings.queues().map((name) => this.keepOne(name)));
  }

  /** Takes no new job, lets those that run finish, then closes. Returns even when the store does not answer: `backend.close()` ends the rest. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const closed = Promise.all([Promise.allSettled([...this.open].map((worker) => worker.close())), this.loops]);
    const timers = new AbortController();
    const pause = (ms: number) => wait(ms, undefined, { signal: timers.signal }).catch(() => undefined);
    await Promise.race([this.drain(closed, pause), pause(this.settings.graceMs ?? GRACE_MS)]);
    timers.abort();
  }

  /** What BullMQ still has to say to a store that is away is not worth waiting for once the handlers are done: the outbox is the record. */
  private async drain(closed: Promise<unknown>, pause: (ms: number) => Promise<void>): Promise<void> {
    do {
      await Promise.allSettled(this.running.values());
      await Promise.race([closed, pause(CLOSING_MS)]);
    } while (this.running.size > 0);
  }

  private async keepOne(name: QueueName): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.runOne(name);
      } catch (error) {
        this.settings.backend.complaints.about(`no worker on ${name} for now`, error);
      }
      await wait(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async runOne(name: QueueName): Promise<void> {
    const { backend, rules = QUEUE_RULES } = this.settings;
    const worker = await backend.openWorker(name, this.process, rules[name].concurrency);
    this.open.add(worker);
    try {
      if (!this.stopping.signal.aborted) await worker.run();
    } finally {
      this.open.delete(worker);
      await worker.close();
    }
  }

  /**
   * The queue gives a job again when its worker did not say in time that it is there. When that worker is this one, the job is still under way: the
   * second awaits the first, which alone knows what it has already handed over.
   */
  private readonly process: Processor = async ({ id: jobId = '', name: type, data: { others = [], ...first } }) => {
    const underWay = this.running.get(jobId);
    if (underWay) return underWay;
    const work = this.settings.process({ jobId, type, jobs: [first, ...others].map((each) => ({ type, ...each })) });
    this.running.set(jobId, work);
    try {
      await work;
    } finally {
      this.running.delete(jobId);
    }
  };
}
