import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
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

/** From a fact to the people it concerns: one delivery each, and the event that will have it sent. */
@Injectable()
export class TellPeople {
  constructor(
    private readonly audiences: AudienceRepository,
    private readonly deliver: Deliver,
  ) {}

  /** In the transaction that follows the event. */
  async tell(tx: Tx, { eventId, type, refs }: Told): Promise<void> {
    const entry: CatalogueEntry = CATALOGUE[type];
    const id = ref(refs, entry.objectId);
    const { state, organisationId } = await this.audiences.subject(tx.query, entry.object, id);
    const organisation = organisationId ?? (typeof refs['organisationId'] === 'string' ? refs['organisationId'] : null);
    const about = { eventId, object: { type: entry.object, id }, organisationId: organisation, refs } as const;
    for (const { audience, mail } of [entry, ...(entry.also ? [entry.also] : [])]) {
      const kind = mailFor({ mail }, state);
      if (kind === null) continue;
      await this.queue(tx, { ...about, userIds: await this.audiences.of(tx.query, audience, refs), kind });
    }
  }

  /** Messages to be sent once this commits, to those who have none for this event. Gives how many. */
  queue(tx: Tx, told: ToDeliver): Promise<number> {
    return this.deliver.execute(tx, told);
  }
}
