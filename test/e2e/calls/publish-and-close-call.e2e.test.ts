import { aCall, aCoordinator, aDraftCall } from '../../builders/calls.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let coordinator: Person;
beforeAll(async () => {
  app = await startApp();
  coordinator = await aCoordinator(app);
});
afterAll(() => app.close());

const act = (call: { id: string; version: number }, name: 'publish' | 'close', by: Person = coordinator) =>
  app.http.post(`/v1/calls/${call.id}/${name}`).set(by.auth).set('If-Match', `"${call.version}"`);
const actsOf = async (id: string): Promise<string[]> =>
  (await app.query<{ act: string }>('SELECT act FROM audit WHERE object_id = $1 ORDER BY at, id', [id])).map((row) => row.act);

test('published, then everyone signed in reads it, open at its hour', async () => {
  const draft = await aDraftCall(app, { by: coordinator });
  const { body, headers } = await act(draft, 'publish').expect(200);
  expect(body).toMatchObject({ status: 'open', statusLabel: 'ouvert', version: 2, publishedAt: expect.any(String) as string });
  expect(headers['etag']).toBe('"2"');
  const anyone = await aPerson(app);
  expect((await app.http.get(`/v1/calls/${draft.id}`).set(anyone.auth).expect(200)).body).toEqual(body);
  expect(await actsOf(draft.id)).toEqual(['call.created', 'call.published']);
});

test('closed by hand, before its hour', async () => {
  const call = await aCall(app, { by: coordinator });
  const { body } = await act(call, 'close').expect(200);
  expect(body).toMatchObject({ status: 'closed', version: 3, closedAt: expect.any(String) as string, closesAt: call.closesAt });
  expect(await actsOf(call.id)).toEqual(['call.created', 'call.published', 'call.closed']);
});

test('what a state does not allow', async () => {
  const draft = await aDraftCall(app, { by: coordinator });
  expect((await act(draft, 'close').expect(409)).body).toMatchObject({
    code: 'ACT_NOT_ALLOWED',
    detail: "« fermer » n'est pas possible dans l'état « brouillon ».",
  });
  const call = await aCall(app, { by: coordinator });
  expect((await act(call, 'publish').expect(409)).body).toMatchObject({ code: 'ACT_NOT_ALLOWED' });
  const bare = await aDraftCall(app, { by: coordinator, body: { orientationCodes: [] } });
  expect((await act(bare, 'publish').expect(409)).body).toMatchObject({
    code: 'CALL_WITHOUT_ORIENTATION',
    errors: [{ pointer: '/orientationCodes' }],
  });
  expect(await actsOf(bare.id)).toEqual(['call.created']);
});

test('a double click publishes once; with a key, it answers the same twice', async () => {
  const draft = await aDraftCall(app, { by: coordinator });
  const both = await Promise.all([act(draft, 'publish'), act(draft, 'publish')]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  const other = await aDraftCall(app, { by: coordinator });
  const first = await act(other, 'publish').set('Idempotency-Key', 'publier-1').expect(200);
  const again = await act(other, 'publish').set('Idempotency-Key', 'publier-1').expect(200);
  expect(again.body).toEqual(first.body);
  expect(await actsOf(other.id)).toEqual(['call.created', 'call.published']);
});

test.each(['publish', 'close'] as const)('%s: 428 without a version, 412 on a stale one', async (name) => {
  const call = name === 'publish' ? await aDraftCall(app, { by: coordinator }) : await aCall(app, { by: coordinator });
  expect((await app.http.post(`/v1/calls/${call.id}/${name}`).set(coordinator.auth).expect(428)).body).toMatchObject({
    code: 'VERSION_REQUIRED',
  });
  expect((await act({ ...call, version: 9 }, name).expect(412)).body).toMatchObject({
    code: 'STALE_VERSION',
    currentVersion: call.version,
  });
});

test('who may not', async () => {
  const draft = await aDraftCall(app, { by: coordinator });
  const call = await aCall(app, { by: coordinator });
  const prefecture = await aPerson(app, { grants: [GRANTS.prefectureOf('94')] });
  const auditor = await aPerson(app, { grants: [GRANTS.auditor()] });
  expect((await act(draft, 'publish', prefecture).expect(404)).body).toMatchObject({ code: 'NOT_FOUND' });
  expect((await act(draft, 'publish', auditor).expect(403)).body).toMatchObject({ code: 'FORBIDDEN' });
  expect((await act(call, 'close', prefecture).expect(403)).body).toMatchObject({ code: 'FORBIDDEN' });
  await app.http.post(`/v1/calls/${call.id}/close`).expect(401);
  expect(await actsOf(call.id)).toEqual(['call.created', 'call.published']);
});
