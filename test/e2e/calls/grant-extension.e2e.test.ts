import { Calls } from '../../../src/modules/calls/index.js';
import { aCall, aCoordinator, aDraftCall, type CallBody } from '../../builders/calls.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let coordinator: Person;
let member: Person;
let organisationId: string;
let otherId: string;
beforeAll(async () => {
  app = await startApp();
  coordinator = await aCoordinator(app);
  member = await aPerson(app);
  organisationId = (await anOrganisation(app, { members: [{ person: member }] })).id;
  otherId = (await anOrganisation(app, { name: 'Autre structure' })).id;
});
afterAll(() => app.close());

const after = (call: CallBody, ms: number): string => new Date(Date.parse(call.closesAt) + ms).toISOString();
const grant = (call: { id: string }, over: object, by: Person = coordinator) =>
  app.http
    .post(`/v1/calls/${call.id}/extensions`)
    .set(by.auth)
    .send({ organisationId, reason: 'Panne de réseau constatée', ...over });
interface Listed {
  data: { organisationId: string; until: string }[];
}
const list = async (call: { id: string }, by: Person): Promise<Listed> =>
  (await app.http.get(`/v1/calls/${call.id}/extensions`).set(by.auth).expect(200)).body as Listed;

test('gives one organisation more time, with its reason, and the audit knows by whom', async () => {
  const call = await aCall(app, { by: coordinator, body: { opensAt: '2026-10-01T00:00:00Z', closesAt: '2026-10-25T00:30:00Z' } });
  const { body } = await grant(call, { until: '2026-10-25T02:30+01:00' }).expect(201);
  expect(body).toMatchObject({
    organisationId,
    until: '2026-10-25T01:30:00.000Z',
    timeZone: 'Europe/Paris',
    untilLocal: '25 octobre 2026 à 02:30 (heure de Paris, UTC+1)',
    reason: 'Panne de réseau constatée',
  });
  const reader = app.app.get(Calls, { strict: false });
  expect((await reader.forDossier(app.query, call.id, organisationId)).extensionUntil).toEqual(new Date('2026-10-25T01:30:00Z'));
  expect((await reader.forDossier(app.query, call.id, otherId)).extensionUntil).toBeNull();
  expect(await app.query(`SELECT actor_id FROM audit WHERE object_id = $1 AND act = 'call.extended'`, [call.id])).toEqual([
    { actor_id: coordinator.id },
  ]);
});

test('a second one goes further and takes the place of the first; the call’s version does not move', async () => {
  const call = await aCall(app, { by: coordinator });
  const first = (await grant(call, { until: after(call, 60_000) }).expect(201)).body as { id: string };
  const second = (await grant(call, { until: after(call, 120_000) }).expect(201)).body as { id: string };
  expect(second.id).toBe(first.id);
  expect((await list(call, coordinator)).data).toEqual([second]);
  expect((await grant(call, { until: after(call, 90_000) }).expect(409)).body).toMatchObject({ code: 'EXTENSION_SHORTENED' });
  expect((await app.http.get(`/v1/calls/${call.id}`).set(coordinator.auth).expect(200)).body).toMatchObject({ version: call.version });
});

test('the coordination and the auditor list all, a member its own, the others none', async () => {
  const call = await aCall(app, { by: coordinator });
  await grant(call, { until: after(call, 1) }).expect(201);
  await grant(call, { organisationId: otherId, until: after(call, 1) }).expect(201);
  const auditor = await aPerson(app, { grants: [GRANTS.auditor()] });
  const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  expect((await list(call, coordinator)).data).toHaveLength(2);
  expect((await list(call, auditor)).data).toHaveLength(2);
  expect((await list(call, member)).data).toEqual([expect.objectContaining({ organisationId })]);
  expect((await list(call, instructor)).data).toEqual([]);
});

test('refusals, pointed at, without a trace', async () => {
  const call = await aCall(app, { by: coordinator });
  const draft = await aDraftCall(app, { by: coordinator });
  const unknown = '01900000-0000-7000-8000-000000000000';
  expect((await grant(call, { until: call.closesAt }).expect(422)).body).toMatchObject({
    code: 'EXTENSION_TOO_SHORT',
    errors: [{ pointer: '/until' }],
  });
  expect((await grant(call, { organisationId: unknown, until: after(call, 1) }).expect(422)).body).toMatchObject({
    code: 'UNKNOWN_ORGANISATION',
  });
  expect((await grant(draft, { until: after(draft, 1) }).expect(409)).body).toMatchObject({ code: 'CALL_NOT_PUBLISHED' });
  expect((await grant(call, { until: after(call, 1), reason: '  ' }).expect(400)).body).toMatchObject({ errors: [{ pointer: '/reason' }] });
  expect((await grant({ id: unknown }, { until: after(call, 1) }).expect(404)).body).toMatchObject({ code: 'NOT_FOUND' });
  expect((await list(call, coordinator)).data).toEqual([]);
  expect(await app.query(`SELECT 1 FROM audit WHERE object_id = $1 AND act = 'call.extended'`, [call.id])).toEqual([]);
});

test('who may not: a member for its own organisation, an instructor, an auditor; and a draft stays hidden', async () => {
  const call = await aCall(app, { by: coordinator });
  const draft = await aDraftCall(app, { by: coordinator });
  const auditor = await aPerson(app, { grants: [GRANTS.auditor()] });
  for (const by of [member, auditor, await aPerson(app, { grants: [GRANTS.instructorOf('94041')] })]) {
    expect((await grant(call, { until: after(call, 1) }, by).expect(403)).body).toMatchObject({ code: 'FORBIDDEN' });
  }
  expect((await grant(draft, { until: after(draft, 1) }, member).expect(404)).body).toMatchObject({ code: 'NOT_FOUND' });
  await app.http.get(`/v1/calls/${draft.id}/extensions`).set(member.auth).expect(404);
  await app.http.get(`/v1/calls/${call.id}/extensions`).expect(401);
});
