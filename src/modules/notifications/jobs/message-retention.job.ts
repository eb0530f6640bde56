import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, Scheduler } from '../../../platform/queue/index.js';
import { RetainMessages } from '../use-cases/retain-messages.js';

const HOUR_MS = 3_600_000;

@Injectable()
export class MessageRetentionJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
    private readonly retain: RetainMessages,
  ) {}

  onModuleInit(): void {
    this.registry.register('clock.retain-messages', async () => {
      await this.retain.execute();
    });
    this.scheduler.every('retain-messages', HOUR_MS, 'clock.retain-messages');
  }
}
