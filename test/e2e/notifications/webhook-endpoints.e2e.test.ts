import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import type { TestApp } from '../../setup/app.js';
import { anEndpoint, startHookApp } from './hook-room.js';

let app: TestApp;
let coordinator: Person;
let administrator: Person;
beforeAll(async () => {
  app = await startHookApp();
  coordinator = await aPerson(app, { grants: [GRANTS.coordinator()] });
  administrator = await aPerson(app, { grants: [GRANTS.administrator()] });
});
afterAll(() => app.close());

const post = (url: string, over: object = {}, by = coordinator) =>
  app.http
    .post('/v1/webhook-endpoints')
    .set(by.auth)
    .send({ url, eventTypes: ['dossier.submitted.v1'], ...over });
const etag = (version: number) => ({ 'If-Match': `"${version}"` });

test('the secret is shown once, sealed at rest, and in neither audit nor idempotency key', async () => {
  const { body, headers } = await post('https://si.exemple.fr/in?cle=secrete', { description: 'SI' })
    .set('Idempotency-Key', 'k1')
    .expect(201);
  const { id, secret, ...shown } = body as { id: string; secret: string; version: number };
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(headers['location']).toBe(`/v1/webhook-endpoints/${id}`);
  expect(headers['cache-control']).toBe('no-store');
  expect(shown).toMatchObject({
    url: 'https://si.exemple.fr/in?cle=secrete',
    state: 'enabled',
    disabledCause: null,
    failingSince: null,
    version: 1,
  });
  const read = await app.http.get(`/v1/webhook-endpoints/${id}`).set(coordinator.auth).expect(200);
  expect(read.body).toEqual({ id, ...shown });
  expect(read.headers['etag']).toBe('"1"');

  const bytes = Buffer.from(secret.slice(6), 'base64');
  const [row] = await app.query<{ secret: Buffer }>('SELECT secret FROM webhook_endpoints WHERE id = $1', [id]);
  expect(row?.secret.includes(bytes)).toBe(false);
  expect(await app.query('SELECT 1 FROM idempotency_keys')).toEqual([]);
  const [trace] = await auditOf(app, id);
  expect(trace).toMatchObject({
    act: 'webhook-endpoint.created',
    actorId: coordinator.id,
    before: null,
    after: { url: 'https://si.exemple.fr/in' },
  });
  expect(JSON.stringify(trace)).not.toContain(secret);
});

test.each([
  ['http to a public host is taken here, by configuration', 'http://si.exemple.fr/', 201],
  ['another scheme', 'ftp://si.exemple.fr/', 422],
  ['an address of this machine', 'https://127.0.0.1/', 422],
  ['this machine’s name', 'https://localhost/', 422],
  ['a name of this machine', 'https://Foo.localhost./', 422],
  ['the same, disguised', 'https://0x7f.1/', 422],
  ['a private network', 'https://[fd00::1]/', 422],
  ['metadata', 'http://169.254.169.254/latest/meta-data', 422],
  ['a password in it', 'https://me:pw@si.exemple.fr/', 422],
])('%s', async (_name, url, status) => {
  const { body } = await post(url).expect(status);
  if (status === 422) expect(body).toMatchObject({ code: 'WEBHOOK_URL_REFUSED', errors: [{ pointer: '/url' }] });
});

test('an event that never leaves cannot be asked for', async () => {
  const { body } = await post('https://si.exemple.fr/', { eventTypes: ['account.password-reset-asked.v1'] }).expect(400);
  expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ pointer: '/eventTypes' }] });
  await post('https://si.exemple.fr/', { eventTypes: [] }).expect(400);
});

test('changes on the version that was read', async () => {
  const { id } = await anEndpoint(app, coordinator, 80);
  const path = `/v1/webhook-endpoints/${id}`;
  const change = { url: 'https://neuf.exemple.fr/', description: 'Neuf', eventTypes: ['act.notified.v1'] };
  expect((await app.http.patch(path).set(coordinator.auth).send(change).expect(428)).body).toMatchObject({ code: 'VERSION_REQUIRED' });
  const { body } = await app.http.patch(path).set(coordinator.auth).set(etag(1)).send(change).expect(200);
  expect(body).toMatchObject({ ...change, version: 2 });
  expect(body).not.toHaveProperty('secret');
  expect((await app.http.patch(path).set(coordinator.auth).set(etag(1)).send(change).expect(412)).body).toMatchObject({
    currentVersion: 2,
  });
  await app.http.patch(path).set(coordinator.auth).set(etag(2)).send({ url: 'https://10.0.0.1/' }).expect(422);
  const kept = await app.http.patch(path).set(coordinator.auth).set(etag(2)).send({ description: null }).expect(200);
  expect(kept.body).toMatchObject({ url: change.url, description: null, eventTypes: change.eventTypes, version: 3 });
  expect((await auditOf(app, id)).map(({ act }) => act)).toEqual([
    'webhook-endpoint.created',
    'webhook-endpoint.changed',
    'webhook-endpoint.changed',
  ]);
});

test('is nobody’s but its owner’s, not even the administration’s', async () => {
  const { id } = await anEndpoint(app, coordinator, 80);
  const path = `/v1/webhook-endpoints/${id}`;
  for (const request of [
    app.http.get(path),
    app.http.patch(path).send({ description: 'à moi' }),
    app.http.post(`${path}/disable`),
    app.http.post(`${path}/rotate-secret`),
    app.http.post(`${path}/test`),
    app.http.get(`${path}/deliveries`),
    app.http.delete(path),
  ])
    await request.set(administrator.auth).expect(404);
  const { body } = await app.http.get('/v1/webhook-endpoints').set(administrator.auth).expect(200);
  expect(body).toMatchObject({ data: [] });
});

test('who loses the role loses the endpoint', async () => {
  const passing = await aPerson(app, { grants: [GRANTS.coordinator()] });
  const { id } = await anEndpoint(app, passing, 80);
  await app.query('UPDATE grants SET revoked_at = now() WHERE user_id = $1', [passing.id]);
  await app.http.get(`/v1/webhook-endpoints/${id}`).set(passing.auth).expect(404);
  await post('https://si.exemple.fr/', {}, passing).expect(403);
});

test('is stopped and started by hand', async () => {
  const { id } = await anEndpoint(app, coordinator, 80);
  const path = `/v1/webhook-endpoints/${id}`;
  const stopped = await app.http.post(`${path}/disable`).set(coordinator.auth).set(etag(1)).expect(200);
  expect(stopped.body).toMatchObject({ state: 'disabled', disabledCause: 'by-hand', version: 2 });
  expect((await app.http.post(`${path}/disable`).set(coordinator.auth).set(etag(2)).expect(409)).body).toMatchObject({
    code: 'ACT_NOT_ALLOWED',
  });
  expect((await app.http.post(`${path}/test`).set(coordinator.auth).expect(409)).body).toMatchObject({ code: 'WEBHOOK_ENDPOINT_DISABLED' });
  const started = await app.http.post(`${path}/enable`).set(coordinator.auth).set(etag(2)).expect(200);
  expect(started.body).toMatchObject({ state: 'enabled', disabledCause: null, disabledAt: null, version: 3 });
});

test('once removed it is gone, with its secrets', async () => {
  const { id } = await anEndpoint(app, coordinator, 80);
  await app.http.delete(`/v1/webhook-endpoints/${id}`).set(coordinator.auth).expect(428);
  await app.http.delete(`/v1/webhook-endpoints/${id}`).set(coordinator.auth).set(etag(1)).expect(204);
  await app.http.get(`/v1/webhook-endpoints/${id}`).set(coordinator.auth).expect(404);
  expect(await app.query('SELECT secret, state, removed_at IS NOT NULL AS removed FROM webhook_endpoints WHERE id = $1', [id])).toEqual([
    { secret: null, state: 'disabled', removed: true },
  ]);
  expect((await auditOf(app, id)).at(-1)).toMatchObject({ act: 'webhook-endpoint.removed', after: null });
});

test('nobody has more than twenty, however many they add at once', async () => {
  const owner = await aPerson(app, { grants: [GRANTS.administrator()] });
  const answers = await Promise.all(Array.from({ length: 24 }, (_, rank) => post(`https://si.exemple.fr/${rank}`, {}, owner)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
  expect(answers.find(({ status }) => status !== 201)?.body).toMatchObject({ status: 409, code: 'TOO_MANY_WEBHOOK_ENDPOINTS' });
  const { body } = await app.http.get('/v1/webhook-endpoints?limit=15&count=true').set(owner.auth).expect(200);
  expect(body).toMatchObject({ page: { hasMore: true, total: 20 } });
});
