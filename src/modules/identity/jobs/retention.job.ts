import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, Scheduler } from '../../../platform/queue/index.js';
import { ApplyRetention } from '../use-cases/apply-retention.js';

/** Hourly rather than daily: a tick that a restart has lost is made up for the same day. */
const HOUR_MS = 3_600_000;

@Injectable()
export class RetentionJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
    private readonly retention: ApplyRetention,
  ) {}

  onModuleInit(): void {
    this.registry.register('clock.retention', async () => {
      await this.retention.execute();
    });
    this.scheduler.every('retention', HOUR_MS, 'clock.retention');
  }
}
