import { Injectable } from '@nestjs/common';
import { plusDays } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { isMorningCome } from '../domain/morning.js';
import { implicitRejectionId, REJECTION_TOLD_DAYS } from '../domain/round.js';
import { AudienceRepository } from '../persistence/audience.repository.js';
import { DeadlineRepository } from '../persistence/deadline.repository.js';
import { TellPeople } from './tell-people.js';

/**
 * Tells an organisation, once a dossier, that the State's silence has become a rejection (CRPA, art. L. 231-4), and how to contest it. It changes
 * nothing: a decision may still be taken. May run as often as one likes.
 */
@Injectable()
export class TellOfSilence {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deadlines: DeadlineRepository,
    private readonly audiences: AudienceRepository,
    private readonly people: TellPeople,
  ) {}

  /** Gives how many messages this run queued. */
  execute(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      if (!isMorningCome(tx.at)) return 0;
      const today = parisDay(tx.at);
      const rejected = await this.deadlines.rejectedDossiers(tx.query, plusDays(today, -REJECTION_TOLD_DAYS), today);
      const ids = rejected.map(({ dossierId }) => implicitRejectionId(dossierId));
      // A dossier that was told of is done with: who joins the organisation afterwards is not told anew.
      const told = new Set((await this.deadlines.toldOf(tx.query, ids)).map(({ eventId }) => eventId));
      let queued = 0;
      for (const { dossierId, organisationId } of rejected) {
        const eventId = implicitRejectionId(dossierId);
        if (told.has(eventId)) continue;
        queued += await this.people.queue(tx, {
          ...{ eventId, kind: 'implicit-rejection', object: { type: 'dossier', id: dossierId }, organisationId },
          userIds: await this.audiences.of(tx.query, 'organisation-writers', { organisationId }),
          refs: { dossierId },
        });
      }
      return queued;
    });
  }
}
