import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, Scheduler } from '../../../platform/queue/index.js';
import { BlockOverdueReports } from '../use-cases/block-overdue-reports.js';

/** Once the day has begun in Paris, hourly rather than daily: a tick that a restart has lost is made up for the same day. */
const EVERY_MS = 60 * 60_000;

@Injectable()
export class BlockOverdueReportsJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
    private readonly blockOverdueReports: BlockOverdueReports,
  ) {}

  onModuleInit(): void {
    this.registry.register('clock.block-overdue-reports', async () => {
      await this.blockOverdueReports.execute();
    });
    this.scheduler.every('block-overdue-reports', EVERY_MS, 'clock.block-overdue-reports');
  }
}
