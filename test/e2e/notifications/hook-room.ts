import { HostResolver } from '../../../src/platform/outbound/index.js';
import type { EventType } from '../../../src/platform/queue/index.js';
import type {
  WebhookDeliveryResponse,
  WebhookEndpointWithSecretResponse,
} from '../../../src/modules/notifications/http/webhooks.responses.js';
import { DeliverWebhook } from '../../../src/modules/notifications/use-cases/deliver-webhook.js';
import { KeepWebhooks } from '../../../src/modules/notifications/use-cases/keep-webhooks.js';
import type { Happened } from '../../../src/modules/notifications/use-cases/tell-people.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, signedInNow, type Person } from '../../builders/people.js';
import { aCallRow, aDossierRow } from '../../builders/rows.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { dispatch, tell } from './mail-room.js';

/** Names that this test's name server knows. */
export const HOST = 'hooks.test';

/** An application that may tell `hooks.test`. Every name leads to this machine; those that are on no list must not be called. */
export async function startHookApp(options: { works?: boolean } = {}): Promise<TestApp> {
  const app = await startApp({ ...options, env: { WEBHOOK_ALLOW_HTTP: 'true', WEBHOOK_PRIVATE_HOSTS: `autre.test, ${HOST}` } });
  leadHere(app);
  return app;
}

function leadHere(app: TestApp): void {
  app.app.get(HostResolver).resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
}

/** As if no test had run before: no endpoint, nothing that waits, the clock at the present. */
export async function clearHooks(app: TestApp): Promise<void> {
  await app.query('DELETE FROM webhook_deliveries');
  await app.query('DELETE FROM webhook_endpoints');
  await app.query('DELETE FROM outbox');
  app.clock.freeze(new Date());
  leadHere(app);
}

export async function anEndpoint(
  app: TestApp,
  owner: Person,
  port: number,
  over: { host?: string; eventTypes?: readonly string[] } = {},
): Promise<WebhookEndpointWithSecretResponse> {
  const { host = HOST, eventTypes = ['dossier.submitted.v1'] } = over;
  const { body } = await app.http
    .post('/v1/webhook-endpoints')
    .set(owner.auth)
    .send({ url: `http://${host}:${port}/in`, eventTypes })
    .expect(201);
  return body as WebhookEndpointWithSecretResponse;
}

/** A dossier that the whole contract sees once it is submitted. */
export async function aSeenDossier(app: TestApp, state = 'submitted'): Promise<{ id: string; organisationId: string }> {
  const editor = await aPerson(app);
  const { id: organisationId } = await anOrganisation(app, { members: [{ person: editor }] });
  const { id } = await aDossierRow(
    app,
    { callId: await aCallRow(app), organisationId },
    state === 'draft' ? {} : { state, submittedBy: editor.id },
  );
  await app.query(`INSERT INTO dossier_perimeters (dossier_id, kind, code) VALUES ($1, 'contract', 'GOSB'), ($1, 'organisation', $2)`, [
    id,
    organisationId,
  ]);
  return { id, organisationId };
}

/** An event told, and what follows from it but the sending. Gives the event's id. */
export async function dispatched(app: TestApp, type: Happened['type'], refs: Happened['refs']): Promise<string> {
  const eventId = await tell(app, type as EventType, refs as never);
  await dispatch(app, { id: eventId, type, refs });
  return eventId;
}

export interface Due {
  readonly eventId: string;
  readonly deliveryId: string;
}

/** Sendings that the outbox offers, the oldest first. */
export function due(app: TestApp): Promise<Due[]> {
  return app.query<Due>(
    `SELECT id AS "eventId", payload->>'deliveryId' AS "deliveryId" FROM outbox WHERE type = 'webhook.due.v1' AND handled_at IS NULL ORDER BY id`,
  );
}

/** One worker's turn: what the clock offers, then everything that is due. Gives how many were sent or dealt with. */
export async function turn(app: TestApp): Promise<number> {
  await app.app.get(KeepWebhooks).offerDue();
  const waiting = await due(app);
  for (const { eventId, deliveryId } of waiting) await app.app.get(DeliverWebhook).execute(eventId, deliveryId);
  return waiting.length;
}

export async function logOf(app: TestApp, owner: Person, endpointId: string): Promise<WebhookDeliveryResponse[]> {
  const { body } = await app.http
    .get(`/v1/webhook-endpoints/${endpointId}/deliveries`)
    .set(await signedInNow(app, owner))
    .expect(200);
  return (body as { data: WebhookDeliveryResponse[] }).data;
}
