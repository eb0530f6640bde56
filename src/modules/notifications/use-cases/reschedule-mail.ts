import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { KINDS, whyLegal } from '../domain/kinds.js';
import { defaultChoice, type Preferences } from '../domain/preferences.js';
import { DeliveryRepository } from '../persistence/delivery.repository.js';
import { WaitingMailRepository } from '../persistence/waiting-mail.repository.js';
import { MailTiming } from './mail-timing.js';
import { ReleaseMail } from './release-mail.js';

/** What someone has waiting follows what they choose now, or a message told later would reach them before it. */
@Injectable()
export class RescheduleMail {
  constructor(
    private readonly waiting: WaitingMailRepository,
    private readonly timing: MailTiming,
    private readonly deliveries: DeliveryRepository,
    private readonly release: ReleaseMail,
  ) {}

  /** In the transaction that changes their preferences. What may leave by them leaves with it. */
  async execute(tx: Tx, userId: string, { timeZone, quietHours, choices }: Preferences): Promise<void> {
    // What is legal never followed preferences.
    const waiting = (await this.waiting.lockWaiting(tx.query, userId)).filter(({ kind }) => whyLegal(KINDS[kind]) === null);
    if (waiting.length === 0) return;
    const asChosen = waiting.map((message) => {
      const { mail } = choices.get(message.kind) ?? defaultChoice(message.kind);
      return { ...message, timeZone, quietHours, mail };
    });
    const timed = await this.timing.of(tx.query, asChosen, tx.at);
    const leaving = new Set(timed.map(({ id }) => id));
    const refused = waiting.filter(({ id }) => !leaving.has(id)).map(({ id }) => id);
    if (refused.length > 0) await this.deliveries.markCancelled(tx.query, refused);
    if (timed.length === 0) return;
    await this.waiting.reschedule(tx.query, timed);
    await this.waiting.postpone(tx.query, timed);
    await this.release.releaseTo(tx, [userId]);
  }
}
