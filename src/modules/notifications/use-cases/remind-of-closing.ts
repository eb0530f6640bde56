import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { begunBefore, closingReminderId, FIRST_REMINDER_HOURS, reminderDue } from '../domain/closing-reminder.js';
import { AudienceRepository } from '../persistence/audience.repository.js';
import { TellPeople } from './tell-people.js';

/**
 * Reminds those who have an open draft that the call closes soon: one message a person, closing and step, with all their drafts. May run as
 * often as one likes: who has been told is told no more.
 */
@Injectable()
export class RemindOfClosing {
  constructor(
    private readonly work: UnitOfWork,
    private readonly audiences: AudienceRepository,
    private readonly people: TellPeople,
  ) {}

  /** Gives how many messages this run queued. */
  async execute(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      let queued = 0;
      for (const { callId, closesAt } of await this.audiences.closingsWithDrafts(tx.query, tx.at, FIRST_REMINDER_HOURS)) {
        const step = reminderDue(closesAt, tx.at);
        if (step === null) continue;
        queued += await this.people.queue(tx, {
          eventId: closingReminderId(callId, closesAt, step),
          userIds: await this.audiences.draftHolders(tx.query, callId, closesAt, begunBefore(step, closesAt)),
          kind: 'closing-reminder',
          object: { type: 'call', id: callId },
          organisationId: null,
          refs: { callId, closesAt: closesAt.toISOString() },
        });
      }
      return queued;
    });
  }
}
