import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ReminderRepository } from '../persistence/reminder.repository.js';
import { TellPeople } from './tell-people.js';

/** Tells who keeps an envelope that it is nearly used: once a crossing, whatever moves it around the threshold. */
@Injectable()
export class WatchEnvelopes {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reminders: ReminderRepository,
    private readonly people: TellPeople,
  ) {}

  /** Gives how many messages this run queued. */
  async execute(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      let queued = 0;
      for (const { id: eventId, envelopeId } of await this.reminders.raiseEnvelopes(tx.query, tx.at)) {
        queued += await this.people.queue(tx, {
          ...{ eventId, kind: 'envelope-nearly-used', object: { type: 'envelope', id: envelopeId }, organisationId: null },
          userIds: await this.reminders.envelopeKeepers(tx.query, envelopeId),
          refs: { envelopeId },
        });
      }
      return queued;
    });
  }
}
