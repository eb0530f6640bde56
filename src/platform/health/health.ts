import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Metrics } from '../observability/metrics.js';
import { outboxHealth } from '../outbox/index.js';
import { QueueBackend } from '../queue/index.js';

export interface Readiness {
  readonly status: 'ok' | 'unavailable';
  readonly database: 'ok' | 'down';
  readonly queue: 'ok' | 'down';
  readonly outboxPending: number;
  readonly outboxOldestSeconds: number;
  readonly outboxDead: number;
}

const NOTHING_KNOWN = { status: 'unavailable', database: 'down', outboxPending: 0, outboxOldestSeconds: 0, outboxDead: 0 } as const;

/** Whether this process can do its work now. A queue that is down delays mail but refuses no act: the process stays ready. */
@Injectable()
export class Health {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queue: QueueBackend,
    private readonly metrics: Metrics,
  ) {}

  async check(): Promise<Readiness> {
    const queue = this.queue.reachable();
    const outbox = await outboxHealth(this.work.read).catch(() => null);
    if (!outbox) return { ...NOTHING_KNOWN, queue: queue ? 'ok' : 'down' };
    this.metrics.outboxPending.set(outbox.pending);
    this.metrics.outboxOldest.set(outbox.oldestSeconds);
    this.metrics.outboxDead.set(outbox.dead);
    return {
      status: 'ok',
      database: 'ok',
      queue: queue ? 'ok' : 'down',
      outboxPending: outbox.pending,
      outboxOldestSeconds: Math.round(outbox.oldestSeconds),
      outboxDead: outbox.dead,
    };
  }
}
