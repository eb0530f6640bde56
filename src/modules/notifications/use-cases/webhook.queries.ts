import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { visibleScopes } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { WebhookDeliveryState } from '../domain/webhook-delivery.js';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.js';
import { WebhookDeliveryRepository, type LoggedDelivery } from '../persistence/webhook-delivery.repository.js';
import { WebhookEndpointRepository } from '../persistence/webhook-endpoint.repository.js';
import { WebhookDesk } from './webhook-desk.js';

export type { LoggedDelivery } from '../persistence/webhook-delivery.repository.js';

@Injectable()
export class WebhookQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: WebhookDesk,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly deliveries: WebhookDeliveryRepository,
  ) {}

  /** The actor's own. */
  async list(page: PageRequest, actor: Actor): Promise<Page<WebhookEndpoint>> {
    if (visibleScopes(actor, 'webhook.manage').length === 0)
      return page.count ? { rows: [], next: null, total: 0 } : { rows: [], next: null };
    return this.endpoints.pageOf(this.work.read, actor.id, page);
  }

  /** @throws NotFound */
  get(id: string, actor: Actor): Promise<WebhookEndpoint> {
    return this.desk.read(this.work.read, id, actor);
  }

  /** What was sent to it. @throws NotFound */
  async deliveriesOf(id: string, state: WebhookDeliveryState | undefined, page: PageRequest, actor: Actor): Promise<Page<LoggedDelivery>> {
    await this.desk.read(this.work.read, id, actor);
    return this.deliveries.page(this.work.read, id, state, page);
  }
}
