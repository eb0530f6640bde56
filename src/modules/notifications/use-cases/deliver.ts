import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { DeliveryRepository, type Told, type ToldTo } from '../persistence/delivery.repository.js';
import { InboxRepository } from '../persistence/inbox.repository.js';
import { PreferencesRepository, type Chosen } from '../persistence/preferences.repository.js';
import { WaitingMailRepository } from '../persistence/waiting-mail.repository.js';
import { Letters } from './letters.js';
import { MailTiming } from './mail-timing.js';

/** What is told, and to whom. */
export type ToDeliver = Told & { readonly userIds: readonly string[] };
/** One message, to someone who chose how to be told. */
type Message = ToldTo & Chosen & { readonly id: string };

/** By which channels each person is told, and when, as they chose; in the transaction of what is told. */
@Injectable()
export class Deliver {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly inbox: InboxRepository,
    private readonly letters: Letters,
    private readonly preferences: PreferencesRepository,
    private readonly waiting: WaitingMailRepository,
    private readonly timing: MailTiming,
  ) {}

  /** Tells of each thing those who were not told of it yet. Gives how many mails it queued. */
  async execute(tx: Tx, told: readonly ToDeliver[]): Promise<number> {
    const everyone = onceEach(told.flatMap(({ userIds, ...each }) => userIds.map((userId) => ({ ...each, userId }))));
    if (everyone.length === 0) return 0;
    const untold = await this.deliveries.untold(tx.query, everyone);
    const chosen = await this.preferences.about(tx.query, untold);
    const messages = chosen.map((each) => ({ ...each, id: newId() }));
    await this.putInInboxes(
      tx,
      messages.filter(({ inbox }) => inbox !== 'off'),
    );
    return this.queueMail(tx, messages);
  }

  /** What an inbox shows is worded now: it says how things were when the person was told. */
  private async putInInboxes(tx: Tx, messages: readonly Message[]): Promise<void> {
    const outlines = await this.letters.outlines(tx.query, messages, tx.at);
    const worded = messages.flatMap((message, index) => {
      const outline = outlines[index];
      return outline ? [{ ...message, subject: outline.subject, summary: outline.summary }] : [];
    });
    await this.inbox.add(tx.query, worded, tx.at);
  }

  private async queueMail(tx: Tx, messages: readonly Message[]): Promise<number> {
    const told = messages.map((message) => ({ ...message, toldAt: tx.at }));
    const mails = await this.timing.of(tx.query, told, tx.at);
    if (mails.length === 0) return 0;
    const queued = await this.deliveries.queue(tx.query, mails, tx.at);
    for (const { id, leaves } of queued) if (leaves) tx.tell('mail.due.v1', { deliveryId: id });
    await this.waiting.postpone(tx.query, mails);
    return queued.length;
  }
}

/** One message a person and event: the first. */
function onceEach(told: readonly ToldTo[]): readonly ToldTo[] {
  const first = new Map<string, ToldTo>();
  for (const each of told) {
    const key = `${each.eventId} ${each.userId}`;
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()];
}
