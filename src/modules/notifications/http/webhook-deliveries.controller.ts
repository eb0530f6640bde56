import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, List } from '../../../platform/http/operation.js';
import { Id, Me, Paging } from '../../../platform/http/params.js';
import { SendAgain } from '../use-cases/send-again.js';
import { WebhookQueries } from '../use-cases/webhook.queries.js';
import { WebhookDeliveriesQuery } from './webhooks.requests.js';
import { toDeliveryResponse, WebhookDeliveryResponse } from './webhooks.responses.js';

const SENDING = { permission: 'webhook.manage', ifMatch: false, answers: WebhookDeliveryResponse } as const;

@ApiTags('Webhooks')
@Controller('v1/webhook-endpoints/:id')
export class WebhookDeliveriesController {
  constructor(
    private readonly sendAgain: SendAgain,
    private readonly queries: WebhookQueries,
  ) {}

  @List('deliveries', {
    summary: 'Ce qui a été envoyé à un point de réception, du plus récent au plus ancien, et ce qu’il a répondu',
    permission: 'webhook.manage',
    answers: WebhookDeliveryResponse,
  })
  list(
    @Id() id: string,
    @Query() { state }: WebhookDeliveriesQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<WebhookDeliveryResponse>> {
    return this.queries.deliveriesOf(id, state, page, actor).then((found) => ({ ...found, rows: found.rows.map(toDeliveryResponse) }));
  }

  @Act('deliveries/:deliveryId/replay', {
    summary: 'Renvoyer un message, sous le même webhook-id',
    ...SENDING,
    refusals: { 409: ['ACT_NOT_ALLOWED', 'WEBHOOK_ENDPOINT_DISABLED'] },
  })
  replay(@Id() id: string, @Id('deliveryId') deliveryId: string, @Me() actor: Actor): Promise<WebhookDeliveryResponse> {
    return this.sendAgain.replay(id, deliveryId, actor).then(toDeliveryResponse);
  }

  @Act('test', {
    summary: 'Envoyer un événement d’essai (webhook.test), une seule fois',
    ...SENDING,
    refusals: { 409: ['WEBHOOK_ENDPOINT_DISABLED'] },
  })
  test(@Id() id: string, @Me() actor: Actor): Promise<WebhookDeliveryResponse> {
    return this.sendAgain.test(id, actor).then(toDeliveryResponse);
  }
}
