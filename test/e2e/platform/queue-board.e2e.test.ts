import { fileURLToPath } from 'node:url';
import supertest from 'supertest';
import { newId } from '../../../src/kernel/id.js';
import { AccessTokens } from '../../../src/platform/auth/access-tokens.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { freePort, Replica } from '../../faults/replica.js';
import { hasRedis, RedisServer } from '../../integration/queue/redis-server.js';
import { startApp, type TestApp } from '../../setup/app.js';

const BOARD = '/admin/queues';
const SECRET = 'a secret for the board only, of forty characters';
const root = fileURLToPath(new URL('../../../', import.meta.url));

// In a process of its own: what the board brings does not load under Jest.
describe.each(hasRedis ? ['postgres', 'redis'] : ['postgres'])('the board of the queues, on %s', (kind) => {
  let app: TestApp;
  let redis: RedisServer | undefined;
  let api: Replica;
  let http: ReturnType<typeof supertest>;
  let admin: Person;
  beforeAll(async () => {
    redis = kind === 'redis' ? await RedisServer.create() : undefined;
    await redis?.start();
    app = await startApp({ env: { TOKEN_SECRET: SECRET } });
    const { databaseUrl, environment } = app.ground;
    api = new Replica('api', 'api', root, await freePort(), () => ({
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: '5',
      DATA_DIR: environment.dataDir,
      PUBLIC_URL: 'https://bievre.test',
      TOKEN_SECRET: SECRET,
      ...(redis ? { REDIS_URL: redis.url } : {}),
    }));
    await api.untilReady(100_000);
    http = supertest(api.url);
    admin = await aPerson(app, { grants: [GRANTS.administrator()] });
  }, 120_000);
  afterAll(async () => {
    await api.stop();
    expect(api.complaints).toEqual([]);
    await app.close();
    await redis?.kill();
  });

  const open = async (person: Person): Promise<string> => {
    const { headers } = await http.post('/v1/admin/queues-board/session').set(person.auth).expect(204);
    return String((headers['set-cookie'] as unknown as string[])[0]);
  };
  const pass = async (person: Person) => (await open(person)).split(';')[0] ?? '';

  test('is shut to whoever has no pass, whatever they show instead', async () => {
    const past = new Date(Date.now() - 901_000);
    const expired = await new AccessTokens(app.ground.environment.secretFor('queue-board')).issue(
      { userId: admin.id, sessionId: newId() },
      past,
    );
    for (const path of [BOARD, `${BOARD}/`, `${BOARD}/api/queues`, `${BOARD}/static/favicon.ico`, `${BOARD}/queue/mail`]) {
      await http.get(path).expect(401);
      await http.get(path).set(admin.auth).expect(401);
      await http.get(path).set('Cookie', `bievre_queues=${admin.token}`).expect(401);
      await http.get(path).set('Cookie', `bievre_queues=${expired}`).expect(401);
    }
  });

  test('the pass is for this page, this browser and a quarter of an hour', async () => {
    expect(await open(admin)).toMatch(/^bievre_queues=[\w.-]+; Path=\/admin\/queues; Max-Age=900; HttpOnly; SameSite=Strict; Secure$/);
    const cookie = await pass(admin);
    await http.get('/v1/users').set('Cookie', cookie).expect(401);
    await http
      .get('/v1/users')
      .set('Authorization', `Bearer ${cookie.split('=')[1]}`)
      .expect(401);
    await http
      .post('/v1/admin/queues-board/session')
      .set((await aPerson(app, { grants: [GRANTS.auditor()] })).auth)
      .expect(403);
  });

  test('shows the queues and nothing of what stands behind', async () => {
    const cookie = await pass(admin);
    const { text, headers } = await http.get(`${BOARD}/`).set('Cookie', cookie).expect(200);
    expect(text).toContain('Bièvre');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    const { body } = await http.get(`${BOARD}/api/queues`).set('Cookie', cookie).expect(200);
    const { queues } = body as { queues: { name: string; readOnlyMode: boolean }[] };
    expect(queues.map(({ name }) => name).toSorted()).toEqual(['clocks', 'documents', 'events', 'exports', 'imports', 'mail', 'webhooks']);
    expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
    const script = /static\/js\/main\.\w+\.js/.exec(text)?.[0] ?? '';
    await http.get(`${BOARD}/${script}`).set('Cookie', cookie).expect(200);
    await http.get(`${BOARD}/api/redis/stats`).set('Cookie', cookie).expect(403);
    await http.get('/docs').expect(200);
  });

  test('is read, never written', async () => {
    const cookie = await pass(admin);
    await http.put(`${BOARD}/api/queues/pause`).set('Cookie', cookie).expect(405);
    await http.put(`${BOARD}/api/queues/mail/obliterate`).set('Cookie', cookie).expect(405);
  });

  test('shuts as soon as the person administers no more, or signs out', async () => {
    const fired = await aPerson(app, { grants: [GRANTS.administrator()] });
    const cookie = await pass(fired);
    await http.get(BOARD).set('Cookie', cookie).expect(200);
    await app.query('UPDATE grants SET revoked_at = now() WHERE user_id = $1', [fired.id]);
    await http.get(BOARD).set('Cookie', cookie).expect(404);
    const gone = await aPerson(app, { grants: [GRANTS.administrator()] });
    const left = await pass(gone);
    await app.query('UPDATE sessions SET ended_at = now() WHERE user_id = $1', [gone.id]);
    await http.get(BOARD).set('Cookie', left).expect(401);
  });
});
