import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, Scheduler } from '../../../platform/queue/index.js';
import { DeadlineReminders } from '../use-cases/deadline-reminders.js';
import { Reminders } from '../use-cases/reminders.js';

const CLOSING_EVERY_MS = 5 * 60_000;
/** Hourly rather than daily: a tick that a restart has lost is made up for the same day. */
const HOUR_MS = 60 * 60_000;

/** What follows from the clock and not from an act. */
@Injectable()
export class RemindersJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly scheduler: Scheduler,
    private readonly reminders: Reminders,
    private readonly deadlines: DeadlineReminders,
  ) {}

  onModuleInit(): void {
    this.registry.register('clock.closing-reminders', () => this.reminders.ofCalls());
    this.scheduler.every('closing-reminders', CLOSING_EVERY_MS, 'clock.closing-reminders');
    this.registry.register('clock.reminders', () => this.reminders.ofTheHour());
    this.scheduler.every('reminders', HOUR_MS, 'clock.reminders');
    this.registry.register('clock.deadlines', () => this.deadlines.ofTheHour());
    this.scheduler.every('deadlines', HOUR_MS, 'clock.deadlines');
  }
}
