import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { overlapEnd, type WebhookEndpoint } from '../domain/webhook-endpoint.js';
import { newSecret, writtenSecret } from '../domain/webhook-signature.js';
import { WebhookEndpointRepository } from '../persistence/webhook-endpoint.repository.js';
import type { EndpointWithSecret } from './create-webhook-endpoint.js';
import { auditedEndpoint, WebhookDesk, type EndpointCommand } from './webhook-desk.js';
import { WebhookSecrets } from './webhook-secrets.js';

/** A new secret; the former one signs beside it for a day, so that the other side changes without a gap. */
@Injectable()
export class RotateWebhookSecret {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: WebhookDesk,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly secrets: WebhookSecrets,
  ) {}

  /** @throws NotFound, VersionRequired, StaleVersion */
  execute(command: EndpointCommand, actor: Actor): Promise<EndpointWithSecret> {
    return this.work.run(actor, async (tx) => {
      const before = await this.desk.lockVersion(tx.query, command, actor);
      const secret = newSecret();
      const endpoint: WebhookEndpoint = { ...before, previousSecretUntil: overlapEnd(tx.at), version: before.version + 1 };
      await this.endpoints.rotate(tx.query, endpoint, this.secrets.seal(before.id, secret));
      tx.audit(
        'webhook-endpoint.secret-rotated',
        { type: 'webhook-endpoint', id: before.id },
        auditedEndpoint(before),
        auditedEndpoint(endpoint),
      );
      return { endpoint, secret: writtenSecret(secret) };
    });
  }
}
