import { Injectable } from '@nestjs/common';
import { plusDays } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { isMorningCome } from '../domain/morning.js';
import { FIRST_REPORT_REMINDER_DAYS, OVERDUE_TOLD_DAYS, reportReminderId, reportStep } from '../domain/report-reminder.js';
import { ReminderRepository } from '../persistence/reminder.repository.js';
import { TellPeople } from './tell-people.js';

/**
 * Reminds of the reports to come and of those that are late: one message a person, due day and step, with all that they owe. May run as often as
 * one likes.
 */
@Injectable()
export class RemindOfReports {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reminders: ReminderRepository,
    private readonly people: TellPeople,
  ) {}

  /** Gives how many messages this run queued. */
  async execute(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      if (!isMorningCome(tx.at)) return 0;
      const today = parisDay(tx.at);
      let queued = 0;
      const [from, until] = [plusDays(today, -OVERDUE_TOLD_DAYS), plusDays(today, FIRST_REPORT_REMINDER_DAYS)];
      for (const dueOn of await this.reminders.reportDays(tx.query, from, until)) {
        const step = reportStep(dueOn, today);
        if (step === null) continue;
        const eventId = reportReminderId(dueOn, step);
        for (const userId of await this.reminders.owers(tx.query, dueOn, eventId)) {
          const object = { type: 'user', id: userId } as const;
          queued += await this.people.queue(tx, {
            ...{ eventId, userIds: [userId], kind: 'reports-due', object, organisationId: null },
            refs: { dueOn },
          });
        }
      }
      return queued;
    });
  }
}
