import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FIRST_REMINDER_DAYS, followersReminderId } from '../domain/closing-reminder.js';
import { ReminderRepository } from '../persistence/reminder.repository.js';
import { TellPeople } from './tell-people.js';

/** Fifteen days before a call closes, tells who filed in the years before and has begun nothing, once. May run as often as one likes. */
@Injectable()
export class RemindFollowers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reminders: ReminderRepository,
    private readonly people: TellPeople,
  ) {}

  /** Gives how many messages this run queued. */
  async execute(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      let queued = 0;
      for (const { callId, closesAt } of await this.reminders.closingCalls(tx.query, tx.at, FIRST_REMINDER_DAYS)) {
        queued += await this.people.queue(tx, {
          eventId: followersReminderId(callId, closesAt),
          userIds: await this.reminders.idleFollowers(tx.query, callId),
          ...{ kind: 'call-closing', object: { type: 'call', id: callId }, organisationId: null, refs: { callId } },
        });
      }
      return queued;
    });
  }
}
