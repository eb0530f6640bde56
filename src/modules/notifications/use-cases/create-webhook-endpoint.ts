import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { OutboundHttp } from '../../../platform/outbound/index.js';
import { ENDPOINTS_PER_OWNER, type WebhookEndpoint } from '../domain/webhook-endpoint.js';
import type { WebhookEvent } from '../domain/webhook-events.js';
import { TooManyWebhookEndpoints } from '../domain/webhook.errors.js';
import { newSecret, writtenSecret } from '../domain/webhook-signature.js';
import { WebhookEndpointRepository } from '../persistence/webhook-endpoint.repository.js';
import { auditedEndpoint, authorizeOwning } from './webhook-desk.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { acceptedUrl } from './webhook-url.js';

export interface CreateWebhookEndpointCommand {
  readonly url: string;
  readonly description?: string | null;
  readonly eventTypes: readonly WebhookEvent[];
}

/** An endpoint, and the secret that its owner sees this once. */
export interface EndpointWithSecret {
  readonly endpoint: WebhookEndpoint;
  readonly secret: string;
}

@Injectable()
export class CreateWebhookEndpoint {
  constructor(
    private readonly work: UnitOfWork,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly secrets: WebhookSecrets,
    private readonly outbound: OutboundHttp,
  ) {}

  /** @throws Forbidden, WebhookUrlRefused, TooManyWebhookEndpoints */
  execute({ url, description, eventTypes }: CreateWebhookEndpointCommand, actor: Actor): Promise<EndpointWithSecret> {
    return this.work.run(actor, async (tx) => {
      authorizeOwning(actor);
      const accepted = acceptedUrl(this.outbound, url);
      if ((await this.endpoints.countOf(tx.query, actor.id)) >= ENDPOINTS_PER_OWNER) throw new TooManyWebhookEndpoints(ENDPOINTS_PER_OWNER);
      const [id, secret] = [newId(), newSecret()];
      const endpoint: WebhookEndpoint = {
        ...{ id, ownerId: actor.id, url: accepted, description: description ?? null, eventTypes, version: 1, createdAt: tx.at },
        ...{ state: 'enabled', disabledCause: null, disabledAt: null, failingSince: null, previousSecretUntil: null },
      };
      await this.endpoints.insert(tx.query, endpoint, this.secrets.seal(id, secret));
      tx.audit('webhook-endpoint.created', { type: 'webhook-endpoint', id }, null, auditedEndpoint(endpoint));
      return { endpoint, secret: writtenSecret(secret) };
    });
  }
}
