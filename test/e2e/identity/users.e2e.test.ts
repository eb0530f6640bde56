import { aRegisteredAccount, lastMailedToken, logIn, mailedTokens, PASSWORD } from '../../builders/accounts.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

const INSTRUCTOR = { role: 'instructor', scope: { kind: 'commune', code: '94041' } };
let app: TestApp;
let admin: Person;
beforeAll(async () => {
  app = await startApp();
  admin = await aPerson(app, { name: 'Alix Admin', grants: [GRANTS.administrator()] });
});
afterAll(() => app.close());

const as = (person: Person) => ({
  post: (path: string, body: object = {}) => app.http.post(path).set(person.auth).send(body),
  get: (path: string) => app.http.get(path).set(person.auth),
  remove: (path: string) => app.http.delete(path).set(person.auth),
});
const give = (userId: string, grant: object, by = admin) => as(by).post(`/v1/users/${userId}/grants`, grant);
const rights = (userId: string) => app.query('SELECT role, scope_kind, scope_code FROM actor_rights WHERE user_id = $1', [userId]);

test('invites someone with their roles; they choose their password by the link', async () => {
  const email = 'invitee@exemple.test';
  const { body, headers } = await as(admin)
    .post('/v1/users', { email, name: 'Ivry Instruction', grants: [INSTRUCTOR] })
    .expect(201);
  expect(body).toMatchObject({ email, name: 'Ivry Instruction', emailConfirmed: false, disabled: false, grants: [INSTRUCTOR], version: 1 });
  expect(headers).toMatchObject({ location: `/v1/users/${body.id}`, etag: '"1"' });
  await app.http.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(401);
  const token = await lastMailedToken(app, email, 'account.invited.v1');
  await app.http.post('/v1/auth/accept-invitation').send({ token, password: PASSWORD, name: 'Dominique Ivry' }).expect(204);
  await app.http.post('/v1/auth/accept-invitation').send({ token, password: 'un autre mot de passe' }).expect(409);
  await logIn(app, email);
  expect(await rights(body.id)).toEqual([{ role: 'instructor', scope_kind: 'commune', scope_code: '94041' }]);
  expect((await as(admin).get(`/v1/users/${body.id}`).expect(200)).body).toMatchObject({ name: 'Dominique Ivry', emailConfirmed: true });
  const acts = await app.query<{ act: string }>(`SELECT act FROM audit WHERE actor_id = $1 ORDER BY id`, [admin.id]);
  expect(acts.map(({ act }) => act)).toEqual(['account.invited', 'grant.given']);
});

test('registering on an invited address only repeats the invitation: nobody else chooses its password', async () => {
  const email = 'invitee-visee@exemple.test';
  await as(admin)
    .post('/v1/users', { email, name: 'Visée', grants: [INSTRUCTOR] })
    .expect(201);
  await app.http.post('/v1/auth/register').send({ email, password: 'le mot du pirate', name: 'Pirate' }).expect(202);
  expect(await mailedTokens(app, email, 'account.registered.v1')).toEqual([]);
  expect(await mailedTokens(app, email, 'account.invited.v1')).toHaveLength(2);
  expect(await app.query('SELECT name, password_hash FROM users WHERE email = $1', [email])).toEqual([
    { name: 'Visée', password_hash: null },
  ]);
});

test('an address that has an account is not invited', async () => {
  await aRegisteredAccount(app, 'deja@exemple.test');
  const { body } = await as(admin).post('/v1/users', { email: 'Deja@exemple.test', name: 'Déjà', grants: [] }).expect(409);
  expect(body.code).toBe('EMAIL_ALREADY_KNOWN');
});

test('an invitation with one wrong role invites nobody', async () => {
  const grants = [INSTRUCTOR, { role: 'delegate', scope: { kind: 'commune', code: '94041' } }];
  const { body } = await as(admin).post('/v1/users', { email: 'rien@exemple.test', name: 'Rien', grants }).expect(422);
  expect(body).toMatchObject({ code: 'ROLE_NOT_FOR_SCOPE', errors: [{ pointer: '/grants/1/scope' }] });
  expect(await app.query(`SELECT 1 FROM users WHERE email = 'rien@exemple.test'`)).toEqual([]);
});

test('a role holds from the moment it is given until it ends, and its history stays', async () => {
  const person = await aPerson(app);
  const { body: grant } = await give(person.id, { role: 'administrator', scope: { kind: 'instance', code: '*' } }).expect(201);
  await as(person).get('/v1/users').expect(200);
  await as(admin).remove(`/v1/users/${person.id}/grants/${grant.id}`).expect(204);
  await as(person).get('/v1/users').expect(403);
  const again = await as(admin).remove(`/v1/users/${person.id}/grants/${grant.id}`).expect(409);
  expect(again.body.code).toBe('GRANT_ALREADY_ENDED');
  const { body } = await as(admin).get(`/v1/users/${person.id}`).expect(200);
  expect(body).toMatchObject({ version: 3, grants: [{ id: grant.id, role: 'administrator', endedAt: expect.any(String) }] });
  const kept = await app.query('SELECT granted_by, revoked_by FROM grants WHERE id = $1', [grant.id]);
  expect(kept).toEqual([{ granted_by: admin.id, revoked_by: admin.id }]);
  expect(await app.query('SELECT act FROM audit WHERE object_id = $1 ORDER BY id', [grant.id])).toEqual([
    { act: 'grant.given' },
    { act: 'grant.ended' },
  ]);
});

test('a perimeter changes hands: who left keeps its dates, who comes holds it', async () => {
  const [leaving, coming] = [await aPerson(app), await aPerson(app)];
  const { body: grant } = await give(leaving.id, INSTRUCTOR).expect(201);
  await as(admin).remove(`/v1/users/${leaving.id}/grants/${grant.id}`).expect(204);
  await give(coming.id, INSTRUCTOR).expect(201);
  expect([await rights(leaving.id), (await rights(coming.id)).length]).toEqual([[], 1]);
});

test.each(['administrator', 'prefecture', 'coordinator'] as const)('nobody gives themself a role: %s', async (role) => {
  const scopes = { administrator: ['instance', '*'], prefecture: ['department', '94'], coordinator: ['contract', 'GOSB'] } as const;
  const [kind, code] = scopes[role];
  const { body } = await give(admin.id, { role, scope: { kind, code } }).expect(409);
  expect(body.code).toBe('SELF_GRANT');
});

test.each([
  ['a commune out of the territory', { role: 'instructor', scope: { kind: 'commune', code: '69123' } }, 'UNKNOWN_SCOPE'],
  ['an unknown funder', { role: 'partner', scope: { kind: 'funder', code: 'NASA' } }, 'UNKNOWN_SCOPE'],
  ['another instance', { role: 'administrator', scope: { kind: 'instance', code: 'autre' } }, 'UNKNOWN_SCOPE'],
  ['an instructor of a département', { role: 'instructor', scope: { kind: 'department', code: '94' } }, 'ROLE_NOT_FOR_SCOPE'],
])('refuses %s', async (_what, grant, code) => {
  const person = await aPerson(app);
  const { body } = await give(person.id, grant).expect(422);
  expect(body.code).toBe(code);
});

test.each([
  { role: 'delegate', scope: { kind: 'department', code: '94' } },
  { role: 'coordinator', scope: { kind: 'contract', code: 'GOSB' } },
  { role: 'partner', scope: { kind: 'funder', code: 'CD94' } },
])('gives %j once', async (grant) => {
  const person = await aPerson(app);
  await give(person.id, grant).expect(201);
  expect((await give(person.id, grant).expect(409)).body.code).toBe('GRANT_ALREADY_HELD');
});

test('a closed account stops at once: token, session, link; and comes back when reopened', async () => {
  const email = 'fermee@exemple.test';
  await aRegisteredAccount(app, email);
  const { accessToken, refreshToken } = await logIn(app, email);
  await app.http.post('/v1/auth/forgot-password').send({ email }).expect(202);
  const link = await lastMailedToken(app, email, 'account.password-reset-asked.v1');
  const [user] = await app.query<{ id: string; version: number }>('SELECT id, version FROM users WHERE email = $1', [email]);
  const path = `/v1/users/${user?.id}`;

  expect((await as(admin).post(`${path}/disable`).expect(428)).body.code).toBe('VERSION_REQUIRED');
  expect((await as(admin).post(`${path}/disable`).set('If-Match', '"99"').expect(412)).body.currentVersion).toBe(user?.version);
  const closed = await as(admin).post(`${path}/disable`).set('If-Match', `"${user?.version}"`).expect(200);
  expect(closed.body.disabled).toBe(true);
  await app.http.get('/v1/users').set('Authorization', `Bearer ${accessToken}`).expect(401);
  await app.http.post('/v1/auth/refresh').send({ refreshToken }).expect(401);
  await app.http.post('/v1/auth/reset-password').send({ token: link, password: PASSWORD }).expect(409);
  expect((await app.http.post('/v1/auth/login').send({ email, password: PASSWORD }).expect(403)).body.code).toBe('ACCOUNT_DISABLED');
  await app.http.post('/v1/auth/login').send({ email, password: 'pas le bon' }).expect(401);
  const twice = await as(admin).post(`${path}/disable`).set('If-Match', String(closed.headers['etag'])).expect(409);
  expect(twice.body.code).toBe('ACT_NOT_ALLOWED');

  await as(admin).post(`${path}/enable`).set('If-Match', String(closed.headers['etag'])).expect(200);
  await logIn(app, email);
  await app.http.get('/v1/users').set('Authorization', `Bearer ${accessToken}`).expect(401);
});

test('an administrator neither closes their account nor leaves the administration', async () => {
  const { body: me } = await as(admin).get(`/v1/users/${admin.id}`).expect(200);
  const disabling = await as(admin).post(`/v1/users/${admin.id}/disable`).set('If-Match', `"${me.version}"`).expect(409);
  const leaving = await as(admin).remove(`/v1/users/${admin.id}/grants/${me.grants[0].id}`).expect(409);
  expect([disabling.body.code, leaving.body.code]).toEqual(['OWN_ADMINISTRATION', 'OWN_ADMINISTRATION']);
});

test('finds people by a part of their name or address, page by page', async () => {
  for (const name of ['Éloïse Zed', 'Eloi Zed', 'Paul Zed']) await aPerson(app, { name, email: `${name.split(' ')[0]}.zed@exemple.test` });
  const found = await as(admin).get('/v1/users?q=eloi&count=true').expect(200);
  expect(found.body.data.map(({ name }: { name: string }) => name).sort()).toEqual(['Eloi Zed', 'Éloïse Zed']);
  expect(found.body.page.total).toBe(2);
  const first = await as(admin).get('/v1/users?q=ZED@&limit=2').expect(200);
  expect(first.body).toMatchObject({ data: { length: 2 }, page: { hasMore: true } });
  const second = await as(admin).get(`/v1/users?q=ZED@&limit=2&cursor=${first.body.page.nextCursor}`).expect(200);
  expect(second.body).toMatchObject({ data: { length: 1 }, page: { hasMore: false } });
  const none = await as(admin).get('/v1/users?q=%25').expect(200);
  expect(none.body.data).toEqual([]);
});

test('only an administrator may', async () => {
  const person = await aPerson(app, { grants: [GRANTS.coordinator(), GRANTS.prefectureOf('94'), GRANTS.auditor()] });
  await as(person).get('/v1/users').expect(403);
  await as(person).get(`/v1/users/${admin.id}`).expect(404);
  await as(person).post('/v1/users', { email: 'x@exemple.test', name: 'X', grants: [] }).expect(403);
  await give(admin.id, INSTRUCTOR, person).expect(404);
  await as(person).post(`/v1/users/${admin.id}/disable`).expect(404);
  await app.http.get('/v1/users').expect(401);
});
