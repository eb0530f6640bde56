import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { openingId } from '../domain/closing-reminder.js';
import { isMorningCome } from '../domain/morning.js';
import { AudienceRepository } from '../persistence/audience.repository.js';
import { ReminderRepository } from '../persistence/reminder.repository.js';
import { TellPeople } from './tell-people.js';

/** A call was published before the day on which it opens: that day, tells who filed in the years before, once. May run as often as one likes. */
@Injectable()
export class TellOfOpenings {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reminders: ReminderRepository,
    private readonly audiences: AudienceRepository,
    private readonly people: TellPeople,
  ) {}

  /** Gives how many messages this run queued. */
  async execute(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      if (!isMorningCome(tx.at)) return 0;
      let queued = 0;
      for (const { callId, opensAt } of await this.reminders.openedCalls(tx.query, tx.at)) {
        queued += await this.people.queue(tx, {
          eventId: openingId(callId, opensAt),
          userIds: await this.audiences.of(tx.query, 'call-followers', { callId }),
          ...{ kind: 'call-open', object: { type: 'call', id: callId }, organisationId: null, refs: { callId } },
        });
      }
      return queued;
    });
  }
}
