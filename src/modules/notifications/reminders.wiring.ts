import { RemindersJobs } from './jobs/reminders.jobs.js';
import { ReminderRepository } from './persistence/reminder.repository.js';
import { ProposeRenewals } from './use-cases/propose-renewals.js';
import { RemindFollowers } from './use-cases/remind-followers.js';
import { RemindOfClosing } from './use-cases/remind-of-closing.js';
import { RemindOfReports } from './use-cases/remind-of-reports.js';
import { Reminders } from './use-cases/reminders.js';
import { TellOfTheDay } from './use-cases/tell-of-the-day.js';
import { WatchEnvelopes } from './use-cases/watch-envelopes.js';

/** What the clock has people told. */
export const REMINDERS = [
  ...[ReminderRepository, RemindOfClosing, RemindFollowers, RemindOfReports, TellOfTheDay, ProposeRenewals, WatchEnvelopes],
  ...[Reminders, RemindersJobs],
];
