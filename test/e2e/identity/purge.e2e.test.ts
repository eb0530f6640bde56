import { PurgeIdentity } from '../../../src/modules/identity/use-cases/purge-identity.js';
import { aRegisteredAccount, logIn } from '../../builders/accounts.js';
import { startApp, type TestApp } from '../../setup/app.js';

const DAY_MS = 86_400_000;
let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

test('forgets failures after a day, links a month after they expire, sessions three months after they end', async () => {
  const email = 'claude@exemple.test';
  await aRegisteredAccount(app, email);
  const { refreshToken } = await logIn(app, email);
  await app.http.post('/v1/auth/logout').send({ refreshToken }).expect(204);
  await app.http.post('/v1/auth/login').send({ email, password: 'pas le bon' }).expect(401);
  const kept = async () => {
    const [row] = await app.query<Record<string, number>>(
      `SELECT (SELECT count(*)::int FROM sign_in_failures) AS failures, (SELECT count(*)::int FROM one_time_tokens) AS tokens,
              (SELECT count(*)::int FROM sessions) AS sessions`,
    );
    return row;
  };
  const purgedAfter = async (days: number) => {
    app.clock.set(new Date(Date.now() + days * DAY_MS));
    await app.app.get(PurgeIdentity, { strict: false }).execute();
    return kept();
  };
  expect(await purgedAfter(0)).toEqual({ failures: 2, tokens: 1, sessions: 1 });
  expect(await purgedAfter(1.1)).toEqual({ failures: 0, tokens: 1, sessions: 1 });
  expect(await purgedAfter(31)).toEqual({ failures: 0, tokens: 1, sessions: 1 });
  expect(await purgedAfter(33)).toEqual({ failures: 0, tokens: 0, sessions: 1 });
  expect(await purgedAfter(89)).toEqual({ failures: 0, tokens: 0, sessions: 1 });
  expect(await purgedAfter(91)).toEqual({ failures: 0, tokens: 0, sessions: 0 });
});
