import { OneOf, Text, TextList } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { WEBHOOK_DELIVERY_STATES, type WebhookDeliveryState } from '../domain/webhook-delivery.js';
import { WEBHOOK_EVENTS, type WebhookEvent } from '../domain/webhook-events.js';

const URL_FIELD = { max: 2000, example: 'https://si.exemple.fr/bievre', description: 'En https ; ni identifiants ni fragment' } as const;
const EVENTS_FIELD = { min: 1, max: WEBHOOK_EVENTS.length, each: 100, oneOf: WEBHOOK_EVENTS } as const;

export class CreateWebhookEndpointRequest {
  @Text(URL_FIELD) url!: string;
  @Text({ max: 300, optional: true, nullable: true }) description?: string | null;
  @TextList({ ...EVENTS_FIELD, description: 'Événements demandés ; seuls partent ceux dont vous pouvez lire l’objet' })
  eventTypes!: WebhookEvent[];
}

export class ChangeWebhookEndpointRequest {
  @Text({ ...URL_FIELD, optional: true }) url?: string;
  @Text({ max: 300, optional: true, nullable: true }) description?: string | null;
  @TextList({ ...EVENTS_FIELD, optional: true }) eventTypes?: WebhookEvent[];
}

export class WebhookDeliveriesQuery extends ListQuery {
  @OneOf(WEBHOOK_DELIVERY_STATES, { optional: true }) state?: WebhookDeliveryState;
}
