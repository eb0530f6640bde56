import { Injectable } from '@nestjs/common';
import { askByGroup } from '../../../kernel/group-by.js';
import { askingOnce, type Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import {
  CATALOGUE,
  mailFor,
  NOTIFIED_EVENTS,
  tellings,
  type Audience,
  type CatalogueEntry,
  type NotifiedEvent,
} from '../domain/catalogue.js';
import { ref, type Refs } from '../domain/delivery.js';
import { AudienceRepository } from '../persistence/audience.repository.js';
import type { Told } from '../persistence/delivery.repository.js';
import { Deliver, type ToDeliver } from './deliver.js';

export { NOTIFIED_EVENTS, type NotifiedEvent };

export interface Happened {
  /** The outbox row's id: what "once" is counted by. */
  readonly id: string;
  readonly type: NotifiedEvent;
  readonly refs: Refs;
}

type ToTell = Told & { readonly audience: Audience };

/** From facts to the people they concern: one delivery each, and the event that will have it sent. */
@Injectable()
export class TellPeople {
  constructor(
    private readonly audiences: AudienceRepository,
    private readonly deliver: Deliver,
  ) {}

  /** In the transaction that follows the events. */
  async tell(tx: Tx, happened: readonly Happened[]): Promise<void> {
    // Fifty announcements are of one call, and its state is read once.
    const query = askingOnce(tx.query);
    const toTell = (await Promise.all(happened.map((each) => this.read(query, each)))).flat();
    const people = await askByGroup(
      toTell,
      ({ audience }) => audience,
      (audience, alike) =>
        this.audiences.ofEach(
          query,
          audience,
          alike.map(({ refs }) => refs),
        ),
    );
    await this.deliver.execute(
      tx,
      toTell.map((each, index) => ({ ...each, userIds: people[index] ?? [] })),
    );
  }

  /** Messages to be sent once this commits, to those who have none for this event. Gives how many. */
  queue(tx: Tx, told: ToDeliver): Promise<number> {
    return this.deliver.execute(tx, [told]);
  }

  /** What is to be told of it, and to which audiences. Who is in two of them is told as the first. */
  private async read(query: Query, { id: eventId, type, refs }: Happened): Promise<readonly ToTell[]> {
    const entry: CatalogueEntry = CATALOGUE[type];
    const id = ref(refs, entry.objectId);
    const { state, organisationId } = await this.audiences.subject(query, entry.object, id);
    const organisation = organisationId ?? (typeof refs['organisationId'] === 'string' ? refs['organisationId'] : null);
    const about = { eventId, object: { type: entry.object, id }, organisationId: organisation, refs };
    return tellings(entry).flatMap(({ audience, mail }) => {
      const kind = mailFor({ mail }, state);
      return kind === null ? [] : [{ ...about, kind, audience }];
    });
  }
}
