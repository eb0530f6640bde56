import { aRegisteredAccount, lastMailedToken, logIn, PASSWORD } from '../../builders/accounts.js';
import { startApp, type TestApp } from '../../setup/app.js';

const EMAIL = 'claude@exemple.test';
let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await aRegisteredAccount(app, EMAIL);
});
afterAll(() => app.close());
afterEach(() => app.query('DELETE FROM sign_in_failures'));

const attempt = (email: string, password: string) => app.http.post('/v1/auth/login').send({ email, password });

test('opens a session, recorded', async () => {
  const { accessToken, refreshToken } = await logIn(app, EMAIL);
  expect(accessToken.split('.')).toHaveLength(3);
  const [sessionId, generation] = refreshToken.split('.');
  expect(generation).toBe('1');
  const [audit] = await app.query('SELECT act, actor_kind FROM audit WHERE object_id = $1', [sessionId]);
  expect(audit).toEqual({ act: 'session.opened', actor_kind: 'user' });
  const [session] = await app.query<{ token_hash: Buffer }>('SELECT token_hash FROM sessions WHERE id = $1', [sessionId]);
  expect(session?.token_hash).toHaveLength(32);
});

test('the address is read without regard to case or blanks, the password to the letter', async () => {
  await attempt(` ${EMAIL.toUpperCase()} `, PASSWORD).expect(200);
  await attempt(EMAIL, `${PASSWORD} `).expect(401);
});

test('says the same of a wrong password and of an unknown account', async () => {
  const wrong = await attempt(EMAIL, 'pas le bon').expect(401);
  const unknown = await attempt('personne@exemple.test', 'pas le bon').expect(401);
  const said = ({ body }: { body: Record<string, unknown> }) => ({ ...body, traceId: null });
  expect(said(wrong)).toEqual(said(unknown));
  expect(wrong.body.code).toBe('BAD_CREDENTIALS');
});

test('one-time codes are not in service, and saying so checks no password', async () => {
  const { body } = await app.http.post('/v1/auth/login').send({ email: EMAIL, password: PASSWORD, otp: '123456' }).expect(422);
  expect(body).toMatchObject({ code: 'OTP_NOT_ENABLED', errors: [{ pointer: '/otp' }] });
});

test('after ten failures the account waits, even for the right password, and other accounts do not', async () => {
  await aRegisteredAccount(app, 'voisine@exemple.test');
  for (let failure = 1; failure <= 10; failure++) await attempt(EMAIL, 'pas le bon').expect(401);
  const refused = await attempt(EMAIL, PASSWORD).expect(429);
  expect(refused.body.code).toBe('TOO_MANY_REQUESTS');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(840);
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(900);
  await attempt('voisine@exemple.test', PASSWORD).expect(200);
  await app.query(`UPDATE sign_in_failures SET at = at - interval '15 minutes'`);
  await attempt(EMAIL, PASSWORD).expect(200);
});

test('an account that does not exist waits just the same', async () => {
  for (let failure = 1; failure <= 10; failure++) await attempt('fantome@exemple.test', 'pas le bon').expect(401);
  await attempt('fantome@exemple.test', 'pas le bon').expect(429);
});

test('forty attempts at once try ten passwords, no more', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => attempt(EMAIL, 'pas le bon')));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(30);
});

test('after fifty failures over many accounts the network address waits; signing in does not wash it', async () => {
  for (let failure = 1; failure <= 49; failure++) await attempt(`nom-${failure}@exemple.test`, 'pas le bon').expect(401);
  await attempt(EMAIL, PASSWORD).expect(200);
  await attempt('nom-50@exemple.test', 'pas le bon').expect(401);
  await attempt(EMAIL, PASSWORD).expect(429);
});

test('the right password forgets the failures of the account', async () => {
  for (let failure = 1; failure <= 9; failure++) await attempt(EMAIL, 'pas le bon').expect(401);
  await attempt(EMAIL, PASSWORD).expect(200);
  for (let failure = 1; failure <= 9; failure++) await attempt(EMAIL, 'pas le bon').expect(401);
  await attempt(EMAIL, PASSWORD).expect(200);
});

test('a new password opens the account again, and ends the sessions', async () => {
  const email = 'oublieuse@exemple.test';
  await aRegisteredAccount(app, email);
  const { accessToken, refreshToken } = await logIn(app, email);
  for (let failure = 1; failure <= 10; failure++) await attempt(email, 'pas le bon').expect(401);
  await app.http.post('/v1/auth/forgot-password').send({ email }).expect(202);
  const token = await lastMailedToken(app, email, 'account.password-reset-asked.v1');
  await app.http.post('/v1/auth/reset-password').send({ token, password: 'un tout autre mot' }).expect(204);
  await app.http.get('/v1/users').set('Authorization', `Bearer ${accessToken}`).expect(401);
  await app.http.post('/v1/auth/refresh').send({ refreshToken }).expect(401);
  await attempt(email, PASSWORD).expect(401);
  await logIn(app, email, 'un tout autre mot');
  const again = await app.http.post('/v1/auth/reset-password').send({ token, password: 'encore un autre' }).expect(409);
  expect(again.body.code).toBe('TOKEN_NO_LONGER_VALID');
});

test('asking for a new password says the same of an unknown address', async () => {
  const known = await app.http.post('/v1/auth/forgot-password').send({ email: EMAIL }).expect(202);
  const unknown = await app.http.post('/v1/auth/forgot-password').send({ email: 'inconnue@exemple.test' }).expect(202);
  expect(known.body).toEqual(unknown.body);
});

const mebibytes = (count: number) => 'x'.repeat(count * 1024 * 1024);
test.each<[string, object | string, number, string]>([
  ['a NUL', { email: 'a\u0000@exemple.test', password: 'x' }, 400, 'VALIDATION_FAILED'],
  ['a NUL in the password', { email: EMAIL, password: 'x\u0000' }, 400, 'VALIDATION_FAILED'],
  ['an unknown field', { email: EMAIL, password: 'x', admin: true }, 400, 'VALIDATION_FAILED'],
  ['an object for a password', { email: EMAIL, password: { $ne: '' } }, 400, 'VALIDATION_FAILED'],
  ['a list for an address', { email: [EMAIL], password: 'x' }, 400, 'VALIDATION_FAILED'],
  ['a list for a body', [], 400, 'VALIDATION_FAILED'],
  ['no body', {}, 400, 'VALIDATION_FAILED'],
  ['what is not JSON', '{"email":', 400, 'MALFORMED'],
  ['a password of a megabyte less a little', { email: EMAIL, password: 'x'.repeat(1_000_000) }, 400, 'VALIDATION_FAILED'],
  ['a password of ten megabytes', { email: EMAIL, password: mebibytes(10) }, 413, 'TOO_LARGE'],
])('refuses %s', async (_what, body, status, code) => {
  const answer = await app.http.post('/v1/auth/login').set('Content-Type', 'application/json').send(body);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});
