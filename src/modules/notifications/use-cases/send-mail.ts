import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import type { Query } from '../../../platform/database/query.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuseIfLate } from '../../../platform/job-in-hand.js';
import { Links } from '../../../platform/http/links.js';
import { Mailer, MailPermanentlyRefused } from '../../../platform/mail/mailer.js';
import { claim, markHandled } from '../../../platform/outbox/index.js';
import { describeFailure } from '../../../platform/queue/index.js';
import { messageIdOf, type Delivery } from '../domain/delivery.js';
import { DeliveryRepository } from '../persistence/delivery.repository.js';
import { Letters } from './letters.js';

/** Writes a message and hands it to the mail server. */
@Injectable()
export class SendMail {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deliveries: DeliveryRepository,
    private readonly letters: Letters,
    private readonly mailer: Mailer,
    private readonly links: Links,
    private readonly clock: Clock,
  ) {}

  /**
   * One transaction around the sending, so that one worker at a time sends a message and marks it. The only window for a double is between the
   * server's 250 and our commit: a process killed or frozen there sends again, under the same Message-ID, by which mail readers know the two for
   * one.
   * (The other order would lose messages.) Hence no retry of the transaction as a whole. It holds its connection as long as the server takes:
   * the mailer's timeouts and the few workers of the queue bound that.
   * @throws MailTemporarilyRefused: the outbox offers the event again later
   */
  async execute(eventId: string, deliveryId: string): Promise<void> {
    await this.work.transaction(async (query) => {
      if (!(await claim(query, eventId))) return;
      const delivery = await this.deliveries.lockQueued(query, deliveryId);
      if (delivery) await this.send(query, delivery);
      await markHandled(query, eventId);
    });
  }

  private async send(query: Query, delivery: Delivery): Promise<void> {
    const letter = await this.letters.write(query, delivery, this.clock.now());
    if (!letter) {
      await this.deliveries.markCancelled(query, delivery.id);
      return;
    }
    const { subject } = letter;
    refuseIfLate();
    try {
      await this.mailer.send({ ...letter, messageId: messageIdOf(delivery.id, this.links.to('')) });
    } catch (error) {
      if (!(error instanceof MailPermanentlyRefused)) throw error;
      // Servers quote the recipient when they refuse: what is kept of it names nobody.
      await this.deliveries.markFailed(query, delivery.id, subject, describeFailure(error));
      return;
    }
    await this.deliveries.markSent(query, delivery.id, subject, this.clock.now());
  }
}
