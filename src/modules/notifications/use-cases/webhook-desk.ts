import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation } from '../../../platform/auth/authorizer.js';
import type { Query } from '../../../platform/database/query.js';
import { CONTRACT, INSTANCE, type Perimeter } from '../../../platform/auth/perimeter.js';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.js';
import { WebhookEndpointRepository } from '../persistence/webhook-endpoint.repository.js';

const EVERYWHERE: Perimeter = [CONTRACT, INSTANCE];

/** What every act on an endpoint says. */
export interface EndpointCommand {
  readonly endpointId: string;
  readonly version: ExpectedVersion;
}

/** @throws Forbidden */
export function authorizeOwning(actor: Actor): void {
  authorizeCreation(actor, 'webhook.manage', EVERYWHERE);
}

/** What is told to an endpoint is what its owner may read: it is nobody else's, the administration's neither. @throws NotFound */
function assertOwns(actor: Actor, { ownerId }: WebhookEndpoint): void {
  authorize(actor, 'webhook.manage', EVERYWHERE);
  if (ownerId !== actor.id) throw new NotFound();
}

/** Endpoints in their owner's hands. */
@Injectable()
export class WebhookDesk {
  constructor(private readonly endpoints: WebhookEndpointRepository) {}

  /** @throws NotFound */
  async read(query: Query, id: string, actor: Actor): Promise<WebhookEndpoint> {
    const endpoint = await this.endpoints.get(query, id);
    assertOwns(actor, endpoint);
    return endpoint;
  }

  /** @throws NotFound */
  async lock(query: Query, id: string, actor: Actor): Promise<WebhookEndpoint> {
    const endpoint = await this.endpoints.lock(query, id);
    assertOwns(actor, endpoint);
    return endpoint;
  }

  /** @throws NotFound, VersionRequired, StaleVersion */
  async lockVersion(query: Query, { endpointId, version }: EndpointCommand, actor: Actor): Promise<WebhookEndpoint> {
    const endpoint = await this.lock(query, endpointId, actor);
    assertVersion(version, endpoint.version);
    return endpoint;
  }
}

/** What the audit keeps. Some write a key of theirs into the address: it stays out. */
export function auditedEndpoint({ url, eventTypes, state, disabledCause, version }: WebhookEndpoint): object {
  const { origin, pathname } = new URL(url);
  return { url: `${origin}${pathname}`, eventTypes, state, disabledCause, version };
}
