import { openHookTarget, status, type HookTarget } from '../../builders/hook-target.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import type { TestApp } from '../../setup/app.js';
import { anEndpoint, aSeenDossier, dispatched, startHookApp, turn } from './hook-room.js';
import { dispatch, dueMails, eventsOf, sendDue, textsTo, toldOf } from './mail-room.js';

let app: TestApp;
let target: HookTarget;
let owner: Person;
beforeEach(async () => {
  app = await startHookApp();
  target = await openHookTarget();
  owner = await aPerson(app, { grants: [GRANTS.coordinator()] });
});
afterEach(async () => {
  await target.close();
  await app.close();
});

async function stopped(endpointId: string): Promise<string> {
  const { id: dossierId } = await aSeenDossier(app);
  await dispatched(app, 'dossier.submitted.v1', { dossierId });
  target.answer = status(410);
  await turn(app);
  const [eventId] = await eventsOf(app, 'webhook-endpoint.stopped.v1', 'endpointId', endpointId);
  if (eventId === undefined) throw new Error('it was not stopped');
  await dispatch(app, { id: eventId, type: 'webhook-endpoint.stopped.v1', refs: { endpointId } });
  return eventId;
}

/** As the queue does with what waits to be sent. */
async function sent(): Promise<void> {
  expect(await sendDue(app, ...(await dueMails(app)))).toBeNull();
}

test('its owner, and nobody else, is told why, and how to switch it on again', async () => {
  const colleague = await aPerson(app, { grants: [GRANTS.coordinator()] });
  const { id, url } = await anEndpoint(app, owner, target.port);
  const eventId = await stopped(id);
  expect((await toldOf(app, eventId)).map(({ email, kind }) => [email, kind])).toEqual([[owner.email, 'webhook-stopped']]);
  await sent();
  const [text] = await textsTo(app, owner, 'webhook-stopped');
  expect(text).toContain(`Adresse : ${url}`);
  expect(text).toContain('Il a répondu 410');
  expect(text).not.toContain('En échec depuis');
  expect(text).toContain(`Opération : POST http://bievre.test/v1/webhook-endpoints/${id}/enable`);
  const [message] = await app.query(
    'SELECT kind, object_type, object_id FROM inbox_messages WHERE user_id = $1 ORDER BY rank DESC LIMIT 1',
    [owner.id],
  );
  expect(message).toEqual({ kind: 'webhook-stopped', object_type: 'webhook-endpoint', object_id: id });
  expect(await app.query('SELECT id FROM inbox_messages WHERE user_id = $1', [colleague.id])).toEqual([]);
});

test('switched on again before the mail leaves, it is told no more', async () => {
  const { id } = await anEndpoint(app, owner, target.port);
  const eventId = await stopped(id);
  await app.http.post(`/v1/webhook-endpoints/${id}/enable`).set(owner.auth).set('If-Match', '"2"').expect(200);
  await sent();
  expect((await toldOf(app, eventId)).map(({ state }) => state)).toEqual(['cancelled']);
});
