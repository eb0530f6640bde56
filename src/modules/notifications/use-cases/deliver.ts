import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { KINDS } from '../domain/kinds.js';
import { DeliveryRepository, type NewDeliveries } from '../persistence/delivery.repository.js';
import { InboxRepository } from '../persistence/inbox.repository.js';
import { Letters } from './letters.js';

/** What is told, and to whom. */
export type ToDeliver = Omit<NewDeliveries, 'at' | 'messages'> & { readonly userIds: readonly string[] };

/** By which channels each person is told, in the transaction of what is told. */
@Injectable()
export class Deliver {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly inbox: InboxRepository,
    private readonly letters: Letters,
  ) {}

  /** Tells those who were not told of this event yet. Gives how many messages it queued. */
  async execute(tx: Tx, { userIds, ...told }: ToDeliver): Promise<number> {
    const untold = await this.deliveries.untold(tx.query, told.eventId, userIds);
    const messages = untold.map((userId) => ({ id: newId(), userId }));
    if (KINDS[told.kind].inbox) await this.putInInboxes(tx, told, messages);
    const ids = await this.deliveries.queue(tx.query, { ...told, messages, at: tx.at });
    for (const deliveryId of ids) tx.tell('mail.due.v1', { deliveryId });
    return ids.length;
  }

  /** What an inbox shows is worded now: it says how things were when the person was told. */
  private async putInInboxes(tx: Tx, told: Omit<ToDeliver, 'userIds'>, to: readonly { id: string; userId: string }[]): Promise<void> {
    const messages = [];
    for (const { id, userId } of to) {
      const outline = await this.letters.outline(tx.query, { userId, kind: told.kind, refs: told.refs }, tx.at);
      if (outline) messages.push({ id, userId, subject: outline.subject, summary: outline.summary });
    }
    await this.inbox.add(tx.query, { ...told, messages, at: tx.at });
  }
}
