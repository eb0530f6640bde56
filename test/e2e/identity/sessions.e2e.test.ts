import { aRegisteredAccount, logIn, type Tokens } from '../../builders/accounts.js';
import { startApp, type TestApp } from '../../setup/app.js';

const EMAIL = 'claude@exemple.test';
const DAY_MS = 86_400_000;
let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await aRegisteredAccount(app, EMAIL);
});
afterAll(() => app.close());
afterEach(() => {
  app.clock.set(new Date());
});

const refresh = (refreshToken: string) => app.http.post('/v1/auth/refresh').send({ refreshToken });
const exchanged = async (refreshToken: string) => (await refresh(refreshToken).expect(200)).body as Tokens;
/** 403: signed in, without right. */
const use = (accessToken: string) => app.http.get('/v1/users').set('Authorization', `Bearer ${accessToken}`);
const later = (ms: number) => {
  app.clock.set(new Date(Date.now() + ms));
};

test('each refresh gives new tokens', async () => {
  const first = await logIn(app, EMAIL);
  const second = await exchanged(first.refreshToken);
  const third = await exchanged(second.refreshToken);
  expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
  expect(third.refreshToken.split('.')[1]).toBe('3');
  await use(third.accessToken).expect(403);
});

test('showing a token already exchanged ends the session, at once and for every token of it', async () => {
  const first = await logIn(app, EMAIL);
  const second = await exchanged(first.refreshToken);
  const other = await logIn(app, EMAIL);
  const reused = await refresh(first.refreshToken).expect(401);
  expect(reused.body.code).toBe('REFRESH_TOKEN_REUSED');
  expect((await refresh(second.refreshToken).expect(401)).body.code).toBe('REFRESH_TOKEN_INVALID');
  await use(second.accessToken).expect(401);
  await use(other.accessToken).expect(403);
  const [sessionId] = first.refreshToken.split('.');
  const [session] = await app.query('SELECT end_reason FROM sessions WHERE id = $1', [sessionId]);
  expect(session).toEqual({ end_reason: 'token-reused' });
  expect(await app.query(`SELECT 1 FROM audit WHERE act = 'session.reuse-detected' AND object_id = $1`, [sessionId])).toHaveLength(1);
});

test('of two refreshes at once with one token, one passes and the session ends: no tolerance', async () => {
  const { refreshToken } = await logIn(app, EMAIL);
  const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  const winner = answers.find(({ status }) => status === 200)?.body as Tokens;
  await refresh(winner.refreshToken).expect(401);
});

test('a guess neither passes nor ends the session', async () => {
  const { refreshToken } = await logIn(app, EMAIL);
  const [sessionId] = refreshToken.split('.');
  for (const guess of [`${sessionId}.1.${'A'.repeat(43)}`, `${sessionId}.2.${'A'.repeat(43)}`, 'x']) {
    expect((await refresh(guess).expect(401)).body.code).toBe('REFRESH_TOKEN_INVALID');
  }
  await exchanged(refreshToken);
});

test('an access token lives 15 minutes', async () => {
  const { accessToken } = await logIn(app, EMAIL);
  later(880_000);
  await use(accessToken).expect(403);
  later(901_000);
  await use(accessToken).expect(401);
});

test('a session lives 30 days unused, 90 days in all', async () => {
  const idle = await logIn(app, EMAIL);
  let { refreshToken } = await logIn(app, EMAIL);
  for (const day of [29, 58, 87]) {
    later(day * DAY_MS);
    refreshToken = (await exchanged(refreshToken)).refreshToken;
  }
  expect((await refresh(idle.refreshToken).expect(401)).body.code).toBe('REFRESH_TOKEN_INVALID');
  later(91 * DAY_MS);
  expect((await refresh(refreshToken).expect(401)).body.code).toBe('REFRESH_TOKEN_INVALID');
});

test('leaving ends the session, by either token, and twice is once', async () => {
  const one = await logIn(app, EMAIL);
  await app.http.post('/v1/auth/logout').send({ refreshToken: one.refreshToken }).expect(204);
  await app.http.post('/v1/auth/logout').send({ refreshToken: one.refreshToken }).expect(204);
  await use(one.accessToken).expect(401);
  await refresh(one.refreshToken).expect(401);
  const two = await logIn(app, EMAIL);
  await app.http.post('/v1/auth/logout').set('Authorization', `Bearer ${two.accessToken}`).expect(204);
  await refresh(two.refreshToken).expect(401);
});

test('leaving without saying which session is refused; a guess ends nothing', async () => {
  expect((await app.http.post('/v1/auth/logout').send({}).expect(401)).body.code).toBe('UNAUTHENTICATED');
  const { accessToken, refreshToken } = await logIn(app, EMAIL);
  const [sessionId] = refreshToken.split('.');
  await app.http
    .post('/v1/auth/logout')
    .send({ refreshToken: `${sessionId}.1.${'A'.repeat(43)}` })
    .expect(204);
  await use(accessToken).expect(403);
});
