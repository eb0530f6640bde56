import {
  createQueueBackend,
  JobRegistry,
  QUEUE_RULES,
  QueueWorkers,
  Scheduler,
  type Log,
  type QueueBackend,
  type Rules,
} from '../queue/index.js';
import { outboxDelivery, type DeliverySettings } from './outbox.delivery.js';
import { OutboxRelay, type OutboxDatabase } from './outbox.relay.js';
import { pruneHandled } from './outbox.store.js';

declare module '../queue/jobs.js' {
  interface JobMap {
    'clock.prune-outbox': Record<string, never>;
  }
}

const HOUR = 3_600_000;
const KEPT_DAYS = 90;

export interface RuntimeSettings {
  readonly redisUrl: string | undefined;
  readonly databaseUrl: string;
  readonly database: OutboxDatabase;
  readonly log: Log;
  readonly rules?: Rules;
  readonly count?: NonNullable<DeliverySettings['count']>;
}

/** The queue of one process: modules declare and register while they start, then `start()`, and `stop()` at the end. */
export class QueueRuntime {
  readonly registry = new JobRegistry();
  readonly backend: QueueBackend;
  readonly scheduler: Scheduler;
  private readonly relay: OutboxRelay;
  private readonly workers: QueueWorkers;
  private started = false;

  constructor({ database, log, count, rules = QUEUE_RULES, ...settings }: RuntimeSettings) {
    this.backend = createQueueBackend({ ...settings, log });
    this.scheduler = new Scheduler(this.backend);
    this.relay = new OutboxRelay({ database, backend: this.backend, registry: this.registry, rules });
    const { backend, registry } = this;
    const process = outboxDelivery({ database, registry, log, rules, ...(count ? { count } : {}) });
    this.workers = new QueueWorkers({ backend, queues: () => registry.queues(), rules, process });
    this.registry.register('clock.prune-outbox', async () => {
      await pruneHandled(database.read, KEPT_DAYS);
    });
    this.scheduler.every('prune-outbox', HOUR, 'clock.prune-outbox');
  }

  /** Run by every process at boot, whether or not it works. @throws JobsMiswired */
  check(): void {
    this.registry.check(this.scheduler.types());
  }

  /** Relays, ticks and works in the background, once however often it is asked; returns at once, even when PostgreSQL or Redis are away. */
  start(): void {
    if (this.started) return;
    this.started = true;
    this.relay.start();
    this.scheduler.start();
    this.workers.start();
  }

  /** Lets running handlers finish, then leaves nothing open. */
  async stop(): Promise<void> {
    if (this.started) {
      await Promise.all([this.relay.stop(), this.scheduler.stop()]);
      await this.workers.stop();
    }
    await this.backend.close();
  }
}
