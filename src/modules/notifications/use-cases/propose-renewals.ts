import { Injectable } from '@nestjs/common';
import { parisDay } from '../../../kernel/paris-day.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { isMorningCome } from '../domain/morning.js';
import { derivedId } from '../domain/derived-id.js';
import { ReminderRepository } from '../persistence/reminder.repository.js';
import { TellPeople } from './tell-people.js';

/** From the first of July of its last year on, as `renewalOf` of agreements. */
const FROM = '-07-01';

/** Says, once a CPO, that what follows it may be prepared. May run as often as one likes. */
@Injectable()
export class ProposeRenewals {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reminders: ReminderRepository,
    private readonly people: TellPeople,
  ) {}

  /** Gives how many messages this run queued. */
  async execute(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      const today = parisDay(tx.at);
      const year = today.slice(0, 4);
      if (!isMorningCome(tx.at) || today < `${year}${FROM}`) return 0;
      let queued = 0;
      for (const { id: cpoId, organisationId } of await this.reminders.endingCpos(tx.query, Number(year))) {
        queued += await this.people.queue(tx, {
          eventId: derivedId(`cpo-renewal ${cpoId}`),
          userIds: await this.reminders.renewers(tx.query, cpoId),
          ...{ kind: 'cpo-renewal', object: { type: 'cpo', id: cpoId }, organisationId, refs: { cpoId } },
        });
      }
      return queued;
    });
  }
}
