import { Injectable } from '@nestjs/common';
import { Links } from '../../../platform/http/links.js';
import { ref } from '../domain/delivery.js';
import type { WebhookStopped } from '../domain/mail-data.js';
import { WebhookEndpointRepository } from '../persistence/webhook-endpoint.repository.js';
import type { Asked } from './asked.js';
import type { Readers } from './readers.js';

/** The messages to who connects another system. */
@Injectable()
export class WebhookLetters {
  readonly readers = {
    'webhook-stopped': (asked) => this.stopped(asked),
  } satisfies Partial<Readers>;

  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly links: Links,
  ) {}

  /** Null when it was switched on again or removed meanwhile. */
  private async stopped({ query, to, refs }: Asked): Promise<WebhookStopped | null> {
    const endpoint = await this.endpoints.find(query, ref(refs, 'endpointId'));
    if (!endpoint?.disabledAt || endpoint.disabledCause === null || endpoint.disabledCause === 'by-hand') return null;
    const { id, url, description, disabledCause: cause, disabledAt: stoppedAt } = endpoint;
    const failingSince = cause === 'failing' ? endpoint.failingSince : null;
    const link = this.links.to(`/v1/webhook-endpoints/${id}/deliveries`);
    const operation = `POST ${this.links.to(`/v1/webhook-endpoints/${id}/enable`)}`;
    return { recipientName: to.name, link, url, description, cause, stoppedAt, failingSince, operation };
  }
}
