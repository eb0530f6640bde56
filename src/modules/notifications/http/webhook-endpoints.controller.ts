import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Change, Create, List, Read, Remove } from '../../../platform/http/operation.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { ChangeWebhookEndpoint } from '../use-cases/change-webhook-endpoint.js';
import { CreateWebhookEndpoint } from '../use-cases/create-webhook-endpoint.js';
import { RemoveWebhookEndpoint } from '../use-cases/remove-webhook-endpoint.js';
import { RotateWebhookSecret } from '../use-cases/rotate-webhook-secret.js';
import { SwitchWebhookEndpoint } from '../use-cases/switch-webhook-endpoint.js';
import { WebhookQueries } from '../use-cases/webhook.queries.js';
import { ChangeWebhookEndpointRequest, CreateWebhookEndpointRequest } from './webhooks.requests.js';
import { toEndpointResponse, toSecretResponse, WebhookEndpointResponse, WebhookEndpointWithSecretResponse } from './webhooks.responses.js';

const permission = 'webhook.manage';

/** Answers that hold a secret are never kept for a replay: no Idempotency-Key there. */
@ApiTags('Webhooks')
@Controller('v1/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(
    private readonly create: CreateWebhookEndpoint,
    private readonly change: ChangeWebhookEndpoint,
    private readonly switches: SwitchWebhookEndpoint,
    private readonly rotate: RotateWebhookSecret,
    private readonly remove: RemoveWebhookEndpoint,
    private readonly queries: WebhookQueries,
  ) {}

  @Create('', {
    summary: 'Déclarer un point de réception : une adresse qui sera prévenue des événements demandés',
    permission,
    idempotent: false,
    answers: WebhookEndpointWithSecretResponse,
    refusals: { 409: ['TOO_MANY_WEBHOOK_ENDPOINTS'], 422: ['WEBHOOK_URL_REFUSED'] },
  })
  add(@Body() body: CreateWebhookEndpointRequest, @Me() actor: Actor): Promise<WebhookEndpointWithSecretResponse> {
    return this.create.execute(body, actor).then(toSecretResponse);
  }

  @List('', { summary: 'Mes points de réception', permission, answers: WebhookEndpointResponse })
  list(@Query() _query: ListQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<WebhookEndpointResponse>> {
    return this.queries.list(page, actor).then((found) => ({ ...found, rows: found.rows.map(toEndpointResponse) }));
  }

  @Read(':id', { summary: 'Lire un point de réception', permission, answers: WebhookEndpointResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<WebhookEndpointResponse> {
    return this.queries.get(id, actor).then(toEndpointResponse);
  }

  @Change(':id', {
    summary: 'Changer l’adresse, la description ou les événements d’un point de réception',
    permission,
    answers: WebhookEndpointResponse,
    refusals: { 422: ['WEBHOOK_URL_REFUSED'] },
  })
  edit(
    @Id() endpointId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: ChangeWebhookEndpointRequest,
    @Me() actor: Actor,
  ): Promise<WebhookEndpointResponse> {
    return this.change.execute({ endpointId, version, ...body }, actor).then(toEndpointResponse);
  }

  @Act(':id/disable', {
    summary: 'Arrêter un point de réception : plus rien ne lui est envoyé, ce qui attendait est annulé',
    permission,
    answers: WebhookEndpointResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED'] },
  })
  disable(@Id() endpointId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<WebhookEndpointResponse> {
    return this.switches.disable({ endpointId, version }, actor).then(toEndpointResponse);
  }

  @Act(':id/enable', {
    summary: 'Remettre en service un point de réception ; ce qu’il a manqué peut être renvoyé',
    permission,
    answers: WebhookEndpointResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED'] },
  })
  enable(@Id() endpointId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<WebhookEndpointResponse> {
    return this.switches.enable({ endpointId, version }, actor).then(toEndpointResponse);
  }

  @Act(':id/rotate-secret', {
    summary: 'Renouveler le secret de signature ; l’ancien signe aussi pendant 24 heures',
    permission,
    idempotent: false,
    answers: WebhookEndpointWithSecretResponse,
  })
  rotateSecret(
    @Id() endpointId: string,
    @IfMatch() version: ExpectedVersion,
    @Me() actor: Actor,
  ): Promise<WebhookEndpointWithSecretResponse> {
    return this.rotate.execute({ endpointId, version }, actor).then(toSecretResponse);
  }

  @Remove(':id', { summary: 'Supprimer un point de réception', permission })
  delete(@Id() endpointId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<void> {
    return this.remove.execute({ endpointId, version }, actor);
  }
}
