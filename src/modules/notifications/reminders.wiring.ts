import { RemindersJobs } from './jobs/reminders.jobs.js';
import { DeadlineRepository } from './persistence/deadline.repository.js';
import { MorningRepository } from './persistence/morning.repository.js';
import { ReminderRepository } from './persistence/reminder.repository.js';
import { DeadlineReminders } from './use-cases/deadline-reminders.js';
import { ProposeRenewals } from './use-cases/propose-renewals.js';
import { RemindFollowers } from './use-cases/remind-followers.js';
import { RemindOfClosing } from './use-cases/remind-of-closing.js';
import { RemindOfPayments } from './use-cases/remind-of-payments.js';
import { RemindOfReports } from './use-cases/remind-of-reports.js';
import { RemindOfSilence } from './use-cases/remind-of-silence.js';
import { Reminders } from './use-cases/reminders.js';
import { TellInRounds } from './use-cases/tell-in-rounds.js';
import { TellOfSilence } from './use-cases/tell-of-silence.js';
import { TellOfOpenings } from './use-cases/tell-of-openings.js';
import { TellOfTheDay } from './use-cases/tell-of-the-day.js';
import { WatchEnvelopes } from './use-cases/watch-envelopes.js';

/** What the clock has people told. */
export const REMINDERS = [
  ...[
    ReminderRepository,
    MorningRepository,
    TellOfOpenings,
    RemindOfClosing,
    RemindFollowers,
    RemindOfReports,
    TellOfTheDay,
    ProposeRenewals,
    WatchEnvelopes,
  ],
  ...[DeadlineRepository, TellInRounds, RemindOfSilence, TellOfSilence, RemindOfPayments],
  ...[Reminders, DeadlineReminders, RemindersJobs],
];
