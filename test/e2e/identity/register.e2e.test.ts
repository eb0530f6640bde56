import { aRegisteredAccount, lastMailedToken, logIn, mailedTokens, PASSWORD } from '../../builders/accounts.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const register = (email: string, over: object = {}) =>
  app.http.post('/v1/auth/register').send({ email, password: PASSWORD, name: 'Claude Test', ...over });
const userOf = async (email: string) =>
  (await app.query<{ id: string; name: string; email_confirmed_at: Date | null }>('SELECT * FROM users WHERE email = $1', [email]))[0];

test('opens an account that serves once its address is confirmed, and gives no right', async () => {
  const email = 'claude@exemple.test';
  await register(email).expect(202);
  const user = await userOf(email);
  expect(user).toMatchObject({ name: 'Claude Test', email_confirmed_at: null });
  const audits = await app.query('SELECT act, object_type FROM audit WHERE object_id = $1', [user?.id]);
  expect(audits).toEqual([{ act: 'account.registered', object_type: 'user' }]);

  const early = await app.http.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(403);
  expect(early.body.code).toBe('EMAIL_NOT_CONFIRMED');
  const wrong = await app.http.post('/v1/auth/login').send({ email, password: 'un autre mot' }).expect(401);
  expect(wrong.body.code).toBe('BAD_CREDENTIALS');

  const token = await lastMailedToken(app, email, 'account.registered.v1');
  await app.http.post('/v1/auth/confirm-email').send({ token }).expect(204);
  const { accessToken, expiresIn } = await logIn(app, email);
  expect(expiresIn).toBe(900);
  expect(await app.query('SELECT * FROM actor_rights WHERE user_id = $1', [user?.id])).toEqual([]);
  const refused = await app.http.get('/v1/users').set('Authorization', `Bearer ${accessToken}`).expect(403);
  expect(refused.body.code).toBe('FORBIDDEN');
});

test('a link serves once', async () => {
  const email = 'une-fois@exemple.test';
  await aRegisteredAccount(app, email);
  const token = await lastMailedToken(app, email, 'account.registered.v1');
  const again = await app.http.post('/v1/auth/confirm-email').send({ token }).expect(409);
  expect(again.body.code).toBe('TOKEN_NO_LONGER_VALID');
});

test('a link is dead after 48 hours', async () => {
  const email = 'tard@exemple.test';
  await register(email).expect(202);
  await app.query(`UPDATE one_time_tokens SET expires_at = now() WHERE user_id = (SELECT id FROM users WHERE email = $1)`, [email]);
  const token = await lastMailedToken(app, email, 'account.registered.v1');
  const late = await app.http.post('/v1/auth/confirm-email').send({ token }).expect(409);
  expect(late.body.code).toBe('TOKEN_NO_LONGER_VALID');
});

test.each(['', 'x', 'f'.repeat(75), 'f'.repeat(201)])('a made-up token %p confirms nothing', async (token) => {
  const { status, body } = await app.http.post('/v1/auth/confirm-email').send({ token });
  expect([`400 VALIDATION_FAILED`, `422 TOKEN_INVALID`]).toContain(`${status} ${body.code}`);
});

test('a token made for something else confirms nothing', async () => {
  const email = 'autre-usage@exemple.test';
  await register(email).expect(202);
  await app.http.post('/v1/auth/forgot-password').send({ email }).expect(202);
  const token = await lastMailedToken(app, email, 'account.password-reset-asked.v1');
  const { body } = await app.http.post('/v1/auth/confirm-email').send({ token }).expect(422);
  expect(body.code).toBe('TOKEN_INVALID');
});

test('an address that has an account gets the same answer, and nothing happens', async () => {
  const email = 'connue@exemple.test';
  const unknown = await register(email);
  const token = await lastMailedToken(app, email, 'account.registered.v1');
  await app.http.post('/v1/auth/confirm-email').send({ token }).expect(204);
  const known = await register('CONNUE@exemple.test', { password: 'le mot d’un autre', name: 'Un Autre' });
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
  expect(await userOf(email)).toMatchObject({ name: 'Claude Test' });
  expect(await mailedTokens(app, email, 'account.registered.v1')).toHaveLength(1);
  await logIn(app, email);
});

test('registering again before confirming: the last one counts, and earlier links are void', async () => {
  const email = 'deux-fois@exemple.test';
  await register(email, { password: 'le premier mot de passe' }).expect(202);
  await register(email, { password: 'le second mot de passe' }).expect(202);
  const [first, second] = await mailedTokens(app, email, 'account.registered.v1');
  await app.http.post('/v1/auth/confirm-email').send({ token: first }).expect(409);
  await app.http.post('/v1/auth/confirm-email').send({ token: second }).expect(204);
  await app.http.post('/v1/auth/login').send({ email, password: 'le premier mot de passe' }).expect(401);
  await logIn(app, email, 'le second mot de passe');
});

test('two registrations at once make one account', async () => {
  const email = 'ensemble@exemple.test';
  const answers = await Promise.all([1, 2, 3, 4].map(() => register(email)));
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
  expect(await app.query('SELECT id FROM users WHERE email = $1', [email])).toHaveLength(1);
});

test('nobody is flooded with messages: past five in an hour, nothing changes any more', async () => {
  const email = 'inondee@exemple.test';
  for (const attempt of [1, 2, 3, 4, 5, 6, 7]) await register(email, { password: `mot de passe numéro ${attempt}` }).expect(202);
  expect(await mailedTokens(app, email, 'account.registered.v1')).toHaveLength(5);
  await app.http
    .post('/v1/auth/confirm-email')
    .send({ token: await lastMailedToken(app, email, 'account.registered.v1') })
    .expect(204);
  await logIn(app, email, 'mot de passe numéro 5');
});

test('neither outbox nor audit holds a token, an address or a password', async () => {
  const email = 'discrete@exemple.test';
  await aRegisteredAccount(app, email);
  const token = await lastMailedToken(app, email, 'account.registered.v1');
  const kept = await app.query<{ text: string }>('SELECT payload::text AS text FROM outbox UNION ALL SELECT audit::text FROM audit');
  for (const { text } of kept) for (const secret of [token, email, PASSWORD]) expect(text).not.toContain(secret);
});

test('an Idempotency-Key is ignored here: nothing of these answers is kept', async () => {
  await register('cle@exemple.test').set('Idempotency-Key', 'k1').expect(202);
  await register('autre-cle@exemple.test').set('Idempotency-Key', 'k1').expect(202);
  expect(await app.query('SELECT * FROM idempotency_keys')).toEqual([]);
});

test.each<[string, object]>([
  ['a short password', { password: 'court' }],
  ['no name', { name: '   ' }],
  ['a name that is a list', { name: ['Claude'] }],
  ['no address', { email: 'claude' }],
  ['a NUL', { name: 'Cl\u0000ude' }],
  ['an unknown field', { roles: ['administrator'] }],
])('refuses %s', async (_what, over) => {
  const { body } = await register('refusee@exemple.test', over).expect(400);
  expect(body.code).toBe('VALIDATION_FAILED');
  expect(await userOf('refusee@exemple.test')).toBeUndefined();
});
