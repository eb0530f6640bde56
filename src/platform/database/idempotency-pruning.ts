import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, Scheduler } from '../queue/index.js';
import { UnitOfWork } from './unit-of-work.js';

const HOUR = 3_600_000;
/** Hours an answer can be asked for again under its Idempotency-Key; clients are promised 24. */
const KEPT_HOURS = 48;

/** Forgets the answers kept for Idempotency-Keys, a few thousand at a time. */
@Injectable()
export class IdempotencyPruning implements OnModuleInit {
  constructor(
    private readonly work: UnitOfWork,
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
  ) {}

  onModuleInit(): void {
    this.registry.register('clock.prune-idempotency-keys', async () => {
      await this.prune();
    });
    this.scheduler.every('prune-idempotency-keys', HOUR, 'clock.prune-idempotency-keys');
  }

  /** Gives how many were forgotten. */
  async prune(): Promise<number> {
    const rows = await this.work.read(
      `DELETE FROM idempotency_keys WHERE ctid IN (
         SELECT ctid FROM idempotency_keys WHERE created_at < now() - make_interval(hours => $1) LIMIT 5000
       ) RETURNING 1`,
      [KEPT_HOURS],
    );
    return rows.length;
  }
}
