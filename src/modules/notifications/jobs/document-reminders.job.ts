import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, Scheduler } from '../../../platform/queue/index.js';
import { RemindOfDocuments } from '../use-cases/remind-of-documents.js';

/** Hourly rather than daily: a tick that a restart has lost is made up for the same day. */
const HOUR_MS = 60 * 60_000;

@Injectable()
export class DocumentRemindersJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
    private readonly reminder: RemindOfDocuments,
  ) {}

  onModuleInit(): void {
    this.registry.register('clock.document-reminders', async () => {
      await this.reminder.execute();
    });
    this.scheduler.every('document-reminders', HOUR_MS, 'clock.document-reminders');
  }
}
