import { CreateAdministrator } from '../../../src/modules/identity/index.js';
import { aRegisteredAccount, logIn, mailedTokens, PASSWORD } from '../../builders/accounts.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let create: (email: string) => Promise<string | null>;
beforeAll(async () => {
  app = await startApp();
  create = async (email) => (await app.app.get(CreateAdministrator, { strict: false }).execute(email)).token;
});
afterAll(() => app.close());

const administers = async (email: string) => {
  const { accessToken } = await logIn(app, email);
  await app.http.get('/v1/users').set('Authorization', `Bearer ${accessToken}`).expect(200);
};

test('makes an account that a code opens, once, and mails nothing', async () => {
  const email = 'premiere@exemple.test';
  const token = await create(email);
  expect(await mailedTokens(app, email, 'account.invited.v1')).toEqual([]);
  await app.http.post('/v1/auth/accept-invitation').send({ token, password: PASSWORD }).expect(204);
  await app.http.post('/v1/auth/accept-invitation').send({ token, password: PASSWORD }).expect(409);
  await administers(email);
  const audits = await app.query(`SELECT actor_kind FROM audit WHERE act = 'grant.given'`);
  expect(audits).toEqual([{ actor_kind: 'system' }]);
});

test('refuses an account that is an administrator', async () => {
  await expect(create('Premiere@exemple.test')).rejects.toMatchObject({ code: 'ADMINISTRATOR_ALREADY' });
});

test('someone who has an account keeps their password', async () => {
  await aRegisteredAccount(app, 'deja@exemple.test');
  expect(await create('deja@exemple.test')).toBeNull();
  await administers('deja@exemple.test');
});

test('a password that nobody confirmed opens nothing: whoever registered this address may be anyone', async () => {
  const email = 'usurpee@exemple.test';
  await app.http.post('/v1/auth/register').send({ email, password: 'le mot du pirate', name: 'Pirate' }).expect(202);
  const [piratesLink] = await mailedTokens(app, email, 'account.registered.v1');
  const token = await create(email);
  await app.http.post('/v1/auth/confirm-email').send({ token: piratesLink }).expect(409);
  await app.http.post('/v1/auth/login').send({ email, password: 'le mot du pirate' }).expect(401);
  await app.http.post('/v1/auth/accept-invitation').send({ token, password: PASSWORD }).expect(204);
  await administers(email);
});
