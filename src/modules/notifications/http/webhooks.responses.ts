import { Instant, NestedList, OneOf, Text, TextList, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { ATTEMPT_CAUSES, WEBHOOK_DELIVERY_STATES, type AttemptCause, type WebhookDeliveryState } from '../domain/webhook-delivery.js';
import {
  DISABLED_CAUSES,
  ENDPOINT_STATES,
  type DisabledCause,
  type EndpointState,
  type WebhookEndpoint,
} from '../domain/webhook-endpoint.js';
import { WEBHOOK_EVENTS } from '../domain/webhook-events.js';
import type { EndpointWithSecret } from '../use-cases/create-webhook-endpoint.js';
import type { LoggedDelivery } from '../use-cases/webhook.queries.js';

export class WebhookEndpointResponse {
  @Uuid() id!: string;
  @Text({ max: 2000 }) url!: string;
  @Text({ max: 300, nullable: true }) description!: string | null;
  @TextList({ max: WEBHOOK_EVENTS.length, each: 100, oneOf: WEBHOOK_EVENTS }) eventTypes!: string[];
  @OneOf(ENDPOINT_STATES) state!: EndpointState;
  @OneOf(DISABLED_CAUSES, {
    nullable: true,
    description: 'by-hand : arrêté par son propriétaire ; gone : il a répondu 410 ; failing : il n’a fait qu’échouer pendant cinq jours',
  })
  disabledCause!: DisabledCause | null;
  @Instant({ nullable: true }) disabledAt!: string | null;
  @Instant({ nullable: true, description: 'Premier échec depuis le dernier succès' }) failingSince!: string | null;
  @Instant({ nullable: true, description: 'Jusqu’à quand l’ancien secret signe aussi' }) previousSecretUntil!: string | null;
  @Instant() createdAt!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
}

export class WebhookEndpointWithSecretResponse extends WebhookEndpointResponse {
  @Text({ max: 100, description: 'Secret de signature (Standard Webhooks). Il n’est montré que cette fois.', example: 'whsec_…' })
  secret!: string;
}

export class WebhookAttemptResponse {
  @WholeNumber({ min: 1, max: 2_147_483_647 }) number!: number;
  @Instant() at!: string;
  @WholeNumber({ min: 0, max: 2_147_483_647 }) durationMs!: number;
  @WholeNumber({ min: 100, max: 999, nullable: true, description: 'Nul : il n’y a pas eu de réponse' }) statusCode!: number | null;
  @OneOf(ATTEMPT_CAUSES, {
    nullable: true,
    description:
      'Nul : succès. address-refused : l’adresse mène à un réseau privé ; dns, timeout, tls, protocol, connection : pas de réponse ; ' +
      'redirect : une redirection, jamais suivie ; gone : 410 ; status : autre réponse que 2xx ; secret-unreadable : à renouveler',
  })
  cause!: AttemptCause | null;
}

export class WebhookDeliveryResponse {
  @Uuid({ description: 'Le webhook-id du message, le même à chaque envoi' }) id!: string;
  @Text({ max: 100, example: 'dossier.submitted.v1' }) eventType!: string;
  @OneOf(WEBHOOK_DELIVERY_STATES, {
    description: 'cancelled : le point de réception a été arrêté, ou vous ne pouvez plus lire ce dont parle le message',
  })
  state!: WebhookDeliveryState;
  @Instant({ description: 'Quand le fait a eu lieu' }) occurredAt!: string;
  @Instant() createdAt!: string;
  @Instant({ nullable: true, description: 'Nul : plus aucun envoi n’est prévu' }) nextAttemptAt!: string | null;
  @Instant({ nullable: true }) finishedAt!: string | null;
  @NestedList(() => WebhookAttemptResponse, { max: 1000 }) attempts!: WebhookAttemptResponse[];
}

export function toEndpointResponse(endpoint: WebhookEndpoint): WebhookEndpointResponse {
  const { id, url, description, eventTypes, state, disabledCause, disabledAt, failingSince, previousSecretUntil, createdAt, version } =
    endpoint;
  return {
    ...{ id, url, description, eventTypes: [...eventTypes], state, disabledCause, version },
    disabledAt: disabledAt?.toISOString() ?? null,
    failingSince: failingSince?.toISOString() ?? null,
    previousSecretUntil: previousSecretUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

export function toSecretResponse({ endpoint, secret }: EndpointWithSecret): WebhookEndpointWithSecretResponse {
  return { ...toEndpointResponse(endpoint), secret };
}

export function toDeliveryResponse(delivery: LoggedDelivery): WebhookDeliveryResponse {
  const { id, eventType, state, occurredAt, createdAt, nextAttemptAt, finishedAt, log } = delivery;
  return {
    ...{ id, eventType, state },
    occurredAt: occurredAt.toISOString(),
    createdAt: createdAt.toISOString(),
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    attempts: log.map(({ at, ...attempt }) => ({ ...attempt, at: at.toISOString() })),
  };
}
