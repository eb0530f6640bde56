import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import { NotFound } from '../../../kernel/errors.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { assertEnabled } from '../domain/webhook-endpoint.js';
import { replayed } from '../domain/webhook-delivery.js';
import { TEST_EVENT } from '../domain/webhook-events.js';
import { WebhookDeliveryRepository, type LoggedDelivery } from '../persistence/webhook-delivery.repository.js';
import { RecordWebhooks } from './record-webhooks.js';
import { WebhookDesk } from './webhook-desk.js';

/** What an owner has sent by hand: a message once more, or one that is there to try the endpoint out. */
@Injectable()
export class SendAgain {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: WebhookDesk,
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly record: RecordWebhooks,
  ) {}

  /** The same message under the same id. @throws NotFound, WebhookEndpointDisabled, ActNotAllowed when it still waits for its turn */
  replay(endpointId: string, deliveryId: string, actor: Actor): Promise<LoggedDelivery> {
    return this.work.run(actor, async (tx) => {
      const endpoint = await this.desk.lock(tx.query, endpointId, actor);
      const delivery = await this.deliveries.lock(tx.query, deliveryId);
      if (delivery?.endpointId !== endpointId) throw new NotFound();
      assertEnabled(endpoint);
      await this.deliveries.save(tx.query, replayed(delivery, tx.at), true);
      tx.audit('webhook-delivery.replayed', { type: 'webhook-delivery', id: deliveryId }, { state: delivery.state }, { state: 'pending' });
      tx.tell('webhook.due.v1', { deliveryId });
      return this.deliveries.get(tx.query, endpointId, deliveryId);
    });
  }

  /** @throws NotFound, WebhookEndpointDisabled */
  test(endpointId: string, actor: Actor): Promise<LoggedDelivery> {
    return this.work.run(actor, async (tx) => {
      assertEnabled(await this.desk.lock(tx.query, endpointId, actor));
      const test = { eventId: newId(), eventType: TEST_EVENT, endpointIds: [endpointId], data: { endpointId } };
      const [deliveryId = ''] = await this.record.queue(tx, test);
      tx.audit('webhook-endpoint.tested', { type: 'webhook-endpoint', id: endpointId }, null, { deliveryId });
      return this.deliveries.get(tx.query, endpointId, deliveryId);
    });
  }
}
