import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, Scheduler } from '../../../platform/queue/index.js';
import { KeepCpos } from '../use-cases/keep-cpos.js';

/** Midnight in Paris falls on one of these ticks in winter as in summer. */
const EVERY_MS = 10 * 60_000;

@Injectable()
export class KeepCposJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
    private readonly keepCpos: KeepCpos,
  ) {}

  onModuleInit(): void {
    this.registry.register('clock.keep-cpos', async () => {
      await this.keepCpos.execute();
    });
    this.scheduler.every('keep-cpos', EVERY_MS, 'clock.keep-cpos');
  }
}
