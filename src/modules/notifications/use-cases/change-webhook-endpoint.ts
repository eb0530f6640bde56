import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { OutboundHttp } from '../../../platform/outbound/index.js';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.js';
import type { WebhookEvent } from '../domain/webhook-events.js';
import { WebhookEndpointRepository } from '../persistence/webhook-endpoint.repository.js';
import { auditedEndpoint, WebhookDesk, type EndpointCommand } from './webhook-desk.js';
import { acceptedUrl } from './webhook-url.js';

export interface ChangeWebhookEndpointCommand extends EndpointCommand {
  readonly url?: string;
  readonly description?: string | null;
  readonly eventTypes?: readonly WebhookEvent[];
}

/** What still waits for it goes to its new address. */
@Injectable()
export class ChangeWebhookEndpoint {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: WebhookDesk,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly outbound: OutboundHttp,
  ) {}

  /** @throws NotFound, VersionRequired, StaleVersion, WebhookUrlRefused */
  execute(command: ChangeWebhookEndpointCommand, actor: Actor): Promise<WebhookEndpoint> {
    return this.work.run(actor, async (tx) => {
      const before = await this.desk.lockVersion(tx.query, command, actor);
      const after: WebhookEndpoint = {
        ...before,
        url: command.url === undefined ? before.url : acceptedUrl(this.outbound, command.url),
        description: command.description === undefined ? before.description : command.description,
        eventTypes: command.eventTypes ?? before.eventTypes,
        version: before.version + 1,
      };
      await this.endpoints.save(tx.query, after);
      tx.audit('webhook-endpoint.changed', { type: 'webhook-endpoint', id: before.id }, auditedEndpoint(before), auditedEndpoint(after));
      return after;
    });
  }
}
