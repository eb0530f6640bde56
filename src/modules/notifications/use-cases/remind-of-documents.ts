import { Injectable } from '@nestjs/common';
import { parisDay } from '../../../kernel/paris-day.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { EXPIRING_DAYS } from '../../organisations/index.js';
import { documentReminderId } from '../domain/document-reminder.js';
import { isMorningCome } from '../domain/morning.js';
import { DocumentFactsRepository } from '../persistence/document-facts.repository.js';
import { TellPeople } from './tell-people.js';

/**
 * Tells an organisation of its documents that end: a month before, and the day after. However long the clock stood still, one message an
 * organisation, and nothing twice. May run as often as one likes.
 */
@Injectable()
export class RemindOfDocuments {
  constructor(
    private readonly work: UnitOfWork,
    private readonly facts: DocumentFactsRepository,
    private readonly people: TellPeople,
  ) {}

  /** Gives how many messages this run queued. */
  async execute(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      if (!isMorningCome(tx.at)) return 0;
      const today = parisDay(tx.at);
      let queued = 0;
      for (const { organisationId, documentIds } of await this.facts.markDue(tx.query, today, EXPIRING_DAYS, tx.at)) {
        queued += await this.people.queue(tx, {
          eventId: documentReminderId(organisationId, today),
          userIds: await this.facts.keepers(tx.query, organisationId),
          ...{ kind: 'document-expiring', object: { type: 'organisation', id: organisationId }, organisationId },
          refs: { organisationId, documentIds },
        });
      }
      return queued;
    });
  }
}
