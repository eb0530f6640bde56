import { EVERYONE, type Case } from '../case.js';
import type { Group } from '../personas.js';
import type { World } from '../world.js';

const OWNER: Group = ['coordinator'];
const endpoint = (w: World) => [w.webhookEndpoint];
const delivery = (w: World) => [w.webhookEndpoint, w.webhookDelivery];

/** An endpoint is told what its owner may read: nobody else knows of it, the administration neither. */
const owning = (operation: string, at: Case['at'], body?: Case['body']): Case => ({
  ...{ operation, allow: OWNER },
  ...(at ? { at } : {}),
  ...(body ? { body } : {}),
});

/** What leaves for other systems, and for one's own calendar. */
export const HOOKS: readonly Case[] = [
  {
    operation: 'POST /v1/webhook-endpoints',
    body: () => ({ url: 'https://si.exemple.fr/', eventTypes: ['dossier.submitted.v1'] }),
    allow: ['coordinator', 'administrator'],
    others: 'forbid',
  },
  { operation: 'GET /v1/webhook-endpoints', row: (w) => w.webhookEndpoint, allow: OWNER, others: 'blind' },
  owning('GET /v1/webhook-endpoints/{id}', endpoint),
  owning('PATCH /v1/webhook-endpoints/{id}', endpoint, () => ({ description: 'Le SI de l’EPT' })),
  owning('POST /v1/webhook-endpoints/{id}/disable', endpoint),
  owning('POST /v1/webhook-endpoints/{id}/enable', endpoint),
  owning('POST /v1/webhook-endpoints/{id}/rotate-secret', endpoint),
  owning('DELETE /v1/webhook-endpoints/{id}', endpoint),
  { ...owning('GET /v1/webhook-endpoints/{id}/deliveries', endpoint), row: (w) => w.webhookDelivery },
  owning('POST /v1/webhook-endpoints/{id}/deliveries/{deliveryId}/replay', delivery),
  owning('POST /v1/webhook-endpoints/{id}/test', endpoint),

  { operation: 'POST /v1/me/calendar-feed', allow: EVERYONE },
  { operation: 'GET /v1/me/calendar-feed', allow: EVERYONE },
  { operation: 'DELETE /v1/me/calendar-feed', allow: EVERYONE },
  { operation: 'GET /v1/calendar/{token}.ics', at: (w) => [w.calendarToken], open: true, allow: EVERYONE },
];
