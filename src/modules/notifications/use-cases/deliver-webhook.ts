import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuseUnlessInHand } from '../../../platform/job-in-hand.js';
import { OutboundHttp } from '../../../platform/outbound/index.js';
import { claim, markHandled } from '../../../platform/outbox/index.js';
import { bodyOf, causeOfStatus } from '../domain/webhook-delivery.js';
import { signedHeaders } from '../domain/webhook-signature.js';
import { WebhookSending, type AttemptResult, type Sending } from './webhook-sending.js';

/**
 * Sends one message, once. The delivery is taken in hand in one transaction and the answer written in another, so that a target that hangs holds
 * no connection to the database. A worker that dies in between leaves a delivery in hand for some seconds: the outbox offers the event again, and
 * the message leaves again under the same `webhook-id`, by which its reader knows the two for one.
 */
@Injectable()
export class DeliverWebhook {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sending: WebhookSending,
    private readonly outbound: OutboundHttp,
    private readonly clock: Clock,
  ) {}

  /** @throws DeliveryInHand when another worker is sending it: the outbox offers the event again later; TooLate when its time is up, or another has it */
  async execute(eventId: string, deliveryId: string): Promise<void> {
    const taken = await this.work.run(SYSTEM, async (tx) => {
      if (!(await claim(tx.query, eventId))) return null;
      const sending = await this.sending.takeInHand(tx, deliveryId);
      if (!sending) await markHandled(tx.query, eventId);
      return sending;
    });
    if (!taken) return;
    const result = await this.send(eventId, taken);
    await this.work.run(SYSTEM, async (tx) => {
      // First the event and then the endpoint, as when it was taken: two workers never wait for each other.
      await claim(tx.query, eventId);
      await this.sending.conclude(tx, taken, result);
      await markHandled(tx.query, eventId);
    });
  }

  private async send(eventId: string, { delivery, url, secrets }: Sending): Promise<AttemptResult> {
    const at = this.clock.now();
    if (secrets === null) return { at, durationMs: 0, statusCode: null, cause: 'secret-unreadable', retryAfter: null };
    const body = bodyOf(delivery);
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Bievre-Webhooks/1',
      ...signedHeaders({ id: delivery.id, at, body }, secrets),
    };
    await refuseUnlessInHand(this.work.read, [eventId]);
    const { durationMs, ...answer } = await this.outbound.post({ url, headers, body });
    if (answer.status === null) return { at, durationMs, statusCode: null, cause: answer.cause, retryAfter: null };
    return { at, durationMs, statusCode: answer.status, cause: causeOfStatus(answer.status), retryAfter: answer.retryAfter };
  }
}
