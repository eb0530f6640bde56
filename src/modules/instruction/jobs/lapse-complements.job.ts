import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, Scheduler } from '../../../platform/queue/index.js';
import { LapseComplements } from '../use-cases/lapse-complements.js';

/** Midnight in Paris falls on one of these ticks in winter as in summer. More often than hourly: a clock that a restart has lost waits for its next tick. */
const EVERY_MS = 10 * 60_000;

@Injectable()
export class LapseComplementsJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
    private readonly lapseComplements: LapseComplements,
  ) {}

  onModuleInit(): void {
    this.registry.register('clock.lapse-complements', async () => {
      await this.lapseComplements.execute();
    });
    this.scheduler.every('lapse-complements', EVERY_MS, 'clock.lapse-complements');
  }
}
