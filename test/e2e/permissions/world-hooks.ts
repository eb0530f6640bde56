import { newId } from '../../../src/kernel/id.js';
import { aPerson } from '../../builders/people.js';
import type { TestApp } from '../../setup/app.js';
import type { People } from './personas.js';

export interface HooksOfWorld {
  /** The coordination's. */
  readonly webhookEndpoint: string;
  /** To it, delivered. */
  readonly webhookDelivery: string;
  /** Of the calendar of someone who is none of the personas. */
  readonly calendarToken: string;
}

export async function buildHooks(app: TestApp, { coordinator }: People): Promise<HooksOfWorld> {
  const { body: endpoint } = await app.http
    .post('/v1/webhook-endpoints')
    .set(coordinator.auth)
    .send({ url: 'https://si.exemple.fr/', eventTypes: ['dossier.submitted.v1'] })
    .expect(201);
  const { id: webhookEndpoint } = endpoint as { id: string };
  const webhookDelivery = newId();
  await app.query(
    `INSERT INTO webhook_deliveries (id, endpoint_id, event_id, event_type, occurred_at, data, state, created_at, finished_at)
     VALUES ($1, $2, $1, 'webhook.test', now(), '{}', 'delivered', now(), now())`,
    [webhookDelivery, webhookEndpoint],
  );
  const { body: feed } = await app.http
    .post('/v1/me/calendar-feed')
    .set((await aPerson(app)).auth)
    .expect(201);
  const calendarToken = /calendar\/([\w-]+)\.ics$/.exec((feed as { url: string }).url)?.[1] ?? '';
  return { webhookEndpoint, webhookDelivery, calendarToken };
}
