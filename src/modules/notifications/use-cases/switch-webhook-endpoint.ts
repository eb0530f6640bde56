import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { disable, enable, type DisabledCause, type WebhookEndpoint } from '../domain/webhook-endpoint.js';
import { WebhookDeliveryRepository } from '../persistence/webhook-delivery.repository.js';
import { WebhookEndpointRepository } from '../persistence/webhook-endpoint.repository.js';
import { auditedEndpoint, WebhookDesk, type EndpointCommand } from './webhook-desk.js';

/** Stops an endpoint and starts it again. What was told meanwhile is not sent to it; what it missed may be replayed. */
@Injectable()
export class SwitchWebhookEndpoint {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: WebhookDesk,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly deliveries: WebhookDeliveryRepository,
  ) {}

  /** @throws NotFound, VersionRequired, StaleVersion, ActNotAllowed */
  disable(command: EndpointCommand, actor: Actor): Promise<WebhookEndpoint> {
    return this.work.run(actor, async (tx) => this.stop(tx, await this.desk.lockVersion(tx.query, command, actor), 'by-hand'));
  }

  /** @throws NotFound, VersionRequired, StaleVersion, ActNotAllowed */
  enable(command: EndpointCommand, actor: Actor): Promise<WebhookEndpoint> {
    return this.work.run(actor, async (tx) => {
      const before = await this.desk.lockVersion(tx.query, command, actor);
      const after = enable(before);
      await this.endpoints.save(tx.query, after);
      tx.audit('webhook-endpoint.enabled', { type: 'webhook-endpoint', id: before.id }, auditedEndpoint(before), auditedEndpoint(after));
      return after;
    });
  }

  /** Of an endpoint that is locked: stops it, and all that waits for it. @throws ActNotAllowed */
  async stop(tx: Tx, before: WebhookEndpoint, cause: DisabledCause): Promise<WebhookEndpoint> {
    const after = disable(before, cause, tx.at);
    await this.endpoints.save(tx.query, after);
    await this.deliveries.cancelWaiting(tx.query, before.id, tx.at);
    tx.audit('webhook-endpoint.disabled', { type: 'webhook-endpoint', id: before.id }, auditedEndpoint(before), auditedEndpoint(after));
    return after;
  }
}
