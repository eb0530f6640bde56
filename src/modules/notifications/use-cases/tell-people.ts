import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { claim, markHandled } from '../../../platform/outbox/index.js';
import { CATALOGUE, mailFor, NOTIFIED_EVENTS, type CatalogueEntry, type NotifiedEvent } from '../domain/catalogue.js';
import { ref, type Refs } from '../domain/delivery.js';
import { AudienceRepository } from '../persistence/audience.repository.js';
import { Deliver, type ToDeliver } from './deliver.js';

export { NOTIFIED_EVENTS, type NotifiedEvent };

export interface Told {
  /** The outbox row's id: what "once" is counted by. */
  readonly eventId: string;
  readonly type: NotifiedEvent;
  readonly refs: Refs;
}

/** From a fact to the people it concerns: one delivery each, and the event that will have it sent, in one transaction. */
@Injectable()
export class TellPeople {
  constructor(
    private readonly work: UnitOfWork,
    private readonly audiences: AudienceRepository,
    private readonly deliver: Deliver,
  ) {}

  async execute({ eventId, type, refs }: Told): Promise<void> {
    await this.work.run(SYSTEM, async (tx) => {
      if (!(await claim(tx.query, eventId))) return;
      const entry: CatalogueEntry = CATALOGUE[type];
      const id = ref(refs, entry.objectId);
      const { state, organisationId } = await this.audiences.subject(tx.query, entry.object, id);
      const kind = mailFor(entry, state);
      if (kind !== null) {
        const userIds = await this.audiences.of(tx.query, entry.audience, refs);
        const organisation = organisationId ?? (typeof refs['organisationId'] === 'string' ? refs['organisationId'] : null);
        await this.queue(tx, { eventId, userIds, kind, object: { type: entry.object, id }, organisationId: organisation, refs });
      }
      await markHandled(tx.query, eventId);
    });
  }

  /** Messages to be sent once this commits, to those who have none for this event. Gives how many. */
  queue(tx: Tx, told: ToDeliver): Promise<number> {
    return this.deliver.execute(tx, told);
  }
}
