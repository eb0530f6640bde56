import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { disable } from '../domain/webhook-endpoint.js';
import { WebhookDeliveryRepository } from '../persistence/webhook-delivery.repository.js';
import { WebhookEndpointRepository } from '../persistence/webhook-endpoint.repository.js';
import { auditedEndpoint, WebhookDesk, type EndpointCommand } from './webhook-desk.js';

/** Its secrets are erased and nothing more is sent; its log goes with age. */
@Injectable()
export class RemoveWebhookEndpoint {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: WebhookDesk,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly deliveries: WebhookDeliveryRepository,
  ) {}

  /** @throws NotFound, VersionRequired, StaleVersion */
  execute(command: EndpointCommand, actor: Actor): Promise<void> {
    return this.work.run(actor, async (tx) => {
      const endpoint = await this.desk.lockVersion(tx.query, command, actor);
      await this.endpoints.remove(tx.query, endpoint.state === 'enabled' ? disable(endpoint, 'by-hand', tx.at) : endpoint, tx.at);
      await this.deliveries.cancelWaiting(tx.query, endpoint.id, tx.at);
      tx.audit('webhook-endpoint.removed', { type: 'webhook-endpoint', id: endpoint.id }, auditedEndpoint(endpoint), null);
    });
  }
}
