import { connect } from 'node:net';
import { aDraftCall, callBody } from '../../builders/calls.js';
import { aPerson, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { TcpProxy } from '../../setup/tcp-proxy.js';

let app: TestApp;
let person: Person;

beforeAll(async () => {
  app = await startApp();
  person = await aPerson(app);
});

afterAll(() => app.close());

const UNKNOWN = '018f0000-0000-7000-8000-000000000003';
const CANCEL = `/v1/operations/${UNKNOWN}/cancel`;

test.each([
  ['no token', {}],
  ['no bearer', { Authorization: 'Basic YTpi' }],
  ['nonsense', { Authorization: 'Bearer nonsense' }],
  ['an unsigned token', { Authorization: `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.` }],
])('%s is 401, in problem+json, with a code', async (_what, headers) => {
  const answer = await app.http.get(`/v1/operations/${UNKNOWN}`).set(headers);
  expect(answer.status).toBe(401);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.headers['www-authenticate']).toBe('Bearer');
  expect(answer.body).toMatchObject({ code: 'UNAUTHENTICATED', status: 401, title: 'Connexion nécessaire', errors: [] });
  expect(answer.body.traceId).toBe(answer.headers['x-request-id']);
});

test.each([
  ['JSON that is not', 400, 'MALFORMED', 'application/json', '{bad'],
  ['a poisoned prototype', 400, 'MALFORMED', 'application/json', '{"__proto__": 1}'],
  ['another media type', 415, 'UNSUPPORTED_MEDIA_TYPE', 'text/csv', 'a;b'],
  ['a body past 1 MiB', 413, 'TOO_LARGE', 'application/json', JSON.stringify('a'.repeat(1024 * 1024))],
])('%s is %i %s', async (_what, status, code, type, body) => {
  const answer = await app.http.post(CANCEL).set(person.auth).set('Content-Type', type).send(body);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test.each([
  ['a form', 'application/x-www-form-urlencoded', 'name=x'],
  ['a text', 'text/plain', 'name=x'],
])('%s writes nothing: 415', async (_what, type, body) => {
  const answer = await app.http.patch('/v1/me').set(person.auth).set('Content-Type', type).send(body);
  expect([answer.status, answer.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
});

test('a field given to an act that takes none is refused and nothing is done; an empty object is nothing', async () => {
  const eve = await aPerson(app);
  const readAll = () => app.http.post('/v1/me/notifications/read-all').set(eve.auth);
  const refused = await readAll().send({ before: '2027-01-01', 'a/b': 1 }).expect(400);
  expect(refused.body).toMatchObject({
    code: 'VALIDATION_FAILED',
    errors: [
      { pointer: '/before', code: 'UNKNOWN_FIELD', detail: 'before : ce champ n’existe pas' },
      { pointer: '/a~1b', code: 'UNKNOWN_FIELD' },
    ],
  });
  for (const body of [{}, undefined]) await readAll().send(body).expect(200);
  await app.http.post('/v1/me/calendar-feed').set(eve.auth).send({ zone: 'x' }).expect(400);
  expect(await app.query('SELECT 1 FROM calendar_feeds WHERE user_id = $1', [eve.id])).toEqual([]);
});

test.each([
  ['a text', '"x"'],
  ['null', 'null'],
  ['a list', '[]'],
  ['nothing', ''],
])('a body that is %s instead of an object is 400 in French', async (_what, body) => {
  const answer = await app.http.post('/v1/auth/login').set('Content-Type', 'application/json').send(body);
  expect(answer.status).toBe(400);
  expect(answer.body.code).toMatch(/^(MALFORMED|VALIDATION_FAILED)$/);
  expect(JSON.stringify(answer.body)).not.toMatch(/expected|failed \(/i);
});

test.each([
  ['left out', {}, 'REQUIRED'],
  ['null', { name: null }, 'NOT_A_TEXT'],
  ['a number', { name: 12 }, 'NOT_A_TEXT'],
  ['a list', { name: ['x'] }, 'NOT_A_TEXT'],
  ['a NUL', { name: 'a\u0000b' }, 'NOT_A_TEXT'],
  ['half a character', { name: 'a\ud800' }, 'NOT_A_TEXT'],
  ['empty', { name: '   ' }, 'TOO_SHORT'],
  ['too long', { name: 'x'.repeat(201) }, 'TOO_LONG'],
])('a field that is %s is refused for that reason', async (_what, over, code) => {
  const body = { email: 'claude@exemple.fr', password: 'un mot de passe long', ...over };
  const answer = await app.http.post('/v1/auth/register').send(body);
  expect([answer.status, answer.body.code]).toEqual([400, 'VALIDATION_FAILED']);
  expect(answer.body.errors).toEqual([{ pointer: '/name', code, detail: expect.stringContaining('name : ') }]);
});

test.each(['abc', '2.5', '0', '101', '-1'])('a limit of %s is refused as a number', async (limit) => {
  const answer = await app.http.get(`/v1/me/notifications?limit=${limit}`).set(person.auth);
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toMatchObject([
    { pointer: '/limit', code: expect.stringMatching(/^(NOT_A_WHOLE_NUMBER|TOO_SMALL|TOO_LARGE)$/) },
  ]);
});

test('what exists and may not be seen, and what does not exist, answer the same', async () => {
  const call = await aDraftCall(app);
  const sentences = await Promise.all(
    [call.id, UNKNOWN].map(async (id) => (await app.http.get(`/v1/calls/${id}`).set(person.auth).expect(404)).body.detail as string),
  );
  expect(sentences[0]).toBe(sentences[1]);
});

test('a refusal for want of a role names the roles', async () => {
  const answer = await app.http.post('/v1/calls').set(person.auth).send(callBody(app));
  expect(answer.body).toMatchObject({ code: 'FORBIDDEN', detail: expect.stringContaining('coordination du contrat') });
});

test.each([
  ['not an id', '/v1/operations/12'],
  ['an unknown id', `/v1/operations/${UNKNOWN}`],
  ['an unknown path', '/v1/nothing'],
])('%s is 404', async (_what, path) => {
  const answer = await app.http.get(path).set(person.auth);
  expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
});

test.each(['', 'a key', 'é', 'x'.repeat(201)])('an Idempotency-Key that is no key (%j) is 400', async (key) => {
  const answer = await app.http.post(CANCEL).set(person.auth).set('Idempotency-Key', Buffer.from(key).toString('latin1'));
  expect([answer.status, answer.body.code]).toEqual([400, 'MALFORMED']);
});

/** supertest mends addresses; a hostile client does not. */
function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port } = app.app.getHttpServer().address() as { port: number };
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

test('an address that cannot be decoded is 400 in problem+json', async () => {
  const answer = await raw('GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1.1 400/);
  expect(answer).toContain('"code":"MALFORMED"');
});

test('every answer says how much of its quota is left', async () => {
  const answer = await app.http.get('/v1/nothing').set(person.auth);
  expect(answer.headers['ratelimit-policy']).toMatch(/^"default";q=\d+;w=60$/);
  expect(answer.headers['ratelimit']).toMatch(/^"default";r=\d+;t=\d+$/);
});

test('past the quota, 429 with Retry-After; health answers all the same', async () => {
  const small = await startApp({ env: { RATE_LIMIT_PER_MINUTE: '2' } });
  try {
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await small.http.get('/v1/nothing')).status);
    expect(statuses).toContain(429);
    const refused = await small.http.get('/v1/nothing');
    if (refused.status === 429) {
      expect(refused.body.code).toBe('TOO_MANY_REQUESTS');
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect((await small.http.get('/health/ready')).body).toMatchObject({ status: 'ok', database: 'ok' });
  } finally {
    await small.close();
  }
});

test('a database that is away is 503 with Retry-After, and heals by itself', async () => {
  const { hostname, port } = new URL(app.ground.databaseUrl);
  const wire = new TcpProxy({ host: hostname, port: Number(port) });
  const alone = await startApp({ wire: (url) => wire.through(url) });
  try {
    const someone = await aPerson(alone);
    await wire.cut();
    const answer = await alone.http.get(`/v1/operations/${UNKNOWN}`).set(someone.auth);
    expect([answer.status, answer.body.code]).toEqual([503, 'UNAVAILABLE']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await alone.http.get('/health/ready')).status).toBe(503);
    expect((await alone.http.get('/health/live')).status).toBe(200);
    await wire.mend();
    expect((await alone.http.get(`/v1/operations/${UNKNOWN}`).set(someone.auth)).status).toBe(404);
  } finally {
    await alone.close();
    await wire.cut();
  }
});
