import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { MailPace } from '../../../platform/mail/mail-pace.js';
import { timingOf, type GroupPace } from '../domain/schedule.js';
import { DeliveryRepository, type NewDeliveries } from '../persistence/delivery.repository.js';
import { InboxRepository } from '../persistence/inbox.repository.js';
import { PreferencesRepository, type Chosen } from '../persistence/preferences.repository.js';
import { WaitingMailRepository } from '../persistence/waiting-mail.repository.js';
import { Letters } from './letters.js';

/** Between two mails of a same kind to one person, in milliseconds. */
const GROUP_WINDOW_MS = 10 * 60_000;

/** What is told, and to whom. */
export type ToDeliver = Omit<NewDeliveries, 'at' | 'messages'> & { readonly userIds: readonly string[] };
type Told = Omit<ToDeliver, 'userIds'>;
type Addressee = Chosen & { readonly id: string };

/** By which channels each person is told, and when, as they chose; in the transaction of what is told. */
@Injectable()
export class Deliver {
  private readonly pace: GroupPace;

  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly inbox: InboxRepository,
    private readonly letters: Letters,
    private readonly preferences: PreferencesRepository,
    private readonly waiting: WaitingMailRepository,
    { settleMs }: MailPace,
  ) {
    this.pace = { settleMs, windowMs: GROUP_WINDOW_MS };
  }

  /** Tells those who were not told of this event yet. Gives how many mails it queued. */
  async execute(tx: Tx, { userIds, ...told }: ToDeliver): Promise<number> {
    const untold = await this.deliveries.untold(tx.query, told.eventId, userIds);
    const chosen = await this.preferences.about(tx.query, told.kind, untold);
    const people = chosen.map((one) => ({ ...one, id: newId() }));
    await this.putInInboxes(
      tx,
      told,
      people.filter(({ inbox }) => inbox !== 'off'),
    );
    return this.queueMail(tx, told, people);
  }

  /** What an inbox shows is worded now: it says how things were when the person was told. */
  private async putInInboxes(tx: Tx, told: Told, to: readonly Addressee[]): Promise<void> {
    const messages = [];
    for (const { id, userId } of to) {
      const outline = await this.letters.outline(tx.query, { userId, kind: told.kind, refs: told.refs }, tx.at);
      if (outline) messages.push({ id, userId, subject: outline.subject, summary: outline.summary });
    }
    await this.inbox.add(tx.query, { ...told, messages, at: tx.at });
  }

  private async queueMail(tx: Tx, told: Told, to: readonly Addressee[]): Promise<number> {
    const same = await this.waiting.sameKind(
      tx.query,
      told.kind,
      to.map(({ userId }) => userId),
      new Date(tx.at.getTime() - GROUP_WINDOW_MS),
    );
    const messages = to.flatMap(({ id, userId, mail, ...habits }) => {
      const others = same.get(userId) ?? { waitingSince: null, lastLeft: null };
      const timing = timingOf(told.kind, mail, habits, tx.at, others, this.pace);
      return timing === null ? [] : [{ id, userId, ...timing }];
    });
    const queued = await this.deliveries.queue(tx.query, { ...told, messages, at: tx.at });
    for (const { id, leaves } of queued) if (leaves) tx.tell('mail.due.v1', { deliveryId: id });
    await this.waiting.postpone(tx.query, told.kind, messages);
    return queued.length;
  }
}
