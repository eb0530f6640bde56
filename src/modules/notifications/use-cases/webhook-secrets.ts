import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { SealedSecrets } from '../../../platform/auth/sealed-secrets.js';
import { WebhookEndpointRepository } from '../persistence/webhook-endpoint.repository.js';

/** The secrets that sign, sealed at rest. */
@Injectable()
export class WebhookSecrets {
  constructor(
    private readonly sealed: SealedSecrets,
    private readonly endpoints: WebhookEndpointRepository,
  ) {}

  seal(endpointId: string, secret: Buffer): Buffer {
    return this.sealed.seal(secret, contextOf(endpointId));
  }

  /** Those in force at `now`, the newest first. @throws Unsealable */
  async inForce(query: Query, endpointId: string, now: Date): Promise<readonly Buffer[]> {
    const { current, previous, previousUntil } = await this.endpoints.secrets(query, endpointId);
    const stillSigns = previous !== null && previousUntil !== null && now < previousUntil;
    return (stillSigns ? [current, previous] : [current]).map((secret) => this.sealed.open(secret, contextOf(endpointId)));
  }
}

const contextOf = (endpointId: string): string => `webhook-endpoint/${endpointId}`;
