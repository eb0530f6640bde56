import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import type { Query } from '../../../platform/database/query.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuseIfLate } from '../../../platform/job-in-hand.js';
import { Mailer, MailRefused, type MailReceipt } from '../../../platform/mail/mailer.js';
import { claim, markHandled } from '../../../platform/outbox/index.js';
import type { Delivery } from '../domain/delivery.js';
import { DeliveryRepository } from '../persistence/delivery.repository.js';
import { MailRecord } from './mail-record.js';
import { WriteMail, type WrittenMail } from './write-mail.js';

/** Writes a mail and hands it to the mail server. */
@Injectable()
export class SendMail {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deliveries: DeliveryRepository,
    private readonly writing: WriteMail,
    private readonly record: MailRecord,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  /**
   * One transaction around the sending, so that one worker at a time sends a mail and marks it. The only window for a double is between the
   * server's 250 and our commit: a process killed or frozen there sends again, under the same Message-ID, by which mail readers know the two for one.
   * (The other order would lose messages.) Hence no retry of the transaction as a whole. It holds its connection as long as the server takes:
   * the mailer's timeouts and the few workers of the queue bound that.
   * @throws MailTemporarilyRefused: the outbox offers the event again later
   */
  async execute(eventId: string, mailId: string): Promise<void> {
    try {
      await this.work.transaction(async (query) => {
        if (!(await claim(query, eventId))) return;
        const deliveries = await this.deliveries.lockMail(query, mailId);
        if (deliveries.length > 0) await this.send(query, mailId, deliveries);
        await markHandled(query, eventId);
      });
    } catch (error) {
      // What the transaction would have told of it went with it.
      if (error instanceof MailRefused) await this.record.deferred(this.work.read, mailId, error);
      throw error;
    }
  }

  private async send(query: Query, mailId: string, deliveries: readonly Delivery[]): Promise<void> {
    const written = await this.writing.execute(query, mailId, deliveries, this.clock.now());
    const kept = new Set(written?.messages.map(({ id }) => id));
    const left = deliveries.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
    if (left.length > 0) await this.deliveries.markCancelled(query, left);
    if (written) await this.hand(query, mailId, written);
  }

  private async hand(query: Query, mailId: string, { mail, messages }: WrittenMail): Promise<void> {
    let receipt: MailReceipt;
    refuseIfLate();
    try {
      receipt = await this.mailer.send(mail);
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      if (!(await this.record.refused(query, mailId, messages, error))) throw error;
      return;
    }
    await this.record.sent(query, mailId, messages, receipt);
  }
}
