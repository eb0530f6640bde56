import type { RetentionRuleResponse } from '../../../src/modules/identity/http/retention.bodies.js';
import { ApplyRetention } from '../../../src/modules/identity/use-cases/apply-retention.js';
import { PurgeIdentity } from '../../../src/modules/identity/use-cases/purge-identity.js';
import { aRegisteredAccount, logIn } from '../../builders/accounts.js';
import { aPerson, GRANTS, signedInNow, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { settled, textsTo } from '../notifications/mail-room.js';

const EMAIL = 'claude@exemple.test';
const PASSWORD = 'une phrase de passe';
let app: TestApp;
let admin: Person;
beforeAll(async () => {
  app = await startApp({ works: true });
});
beforeEach(async () => {
  await app.reset();
  app.clock.freeze('2027-01-10T09:00:00Z');
  admin = await aPerson(app, { grants: [GRANTS.administrator()] });
  // These people are there from the beginning of the test, and not from the machine's today.
  await app.query(`UPDATE users SET created_at = '2027-01-10T09:00:00Z'`);
  await app.query(`UPDATE retention_rules SET active_days = 365, notice_days = 30, archived_days = 90 WHERE object = 'account'`);
});
afterAll(() => app.close());

/** Two replicas tick at once. */
async function run(instant: string): Promise<{ announced: number; closed: number; erased: number }> {
  app.clock.freeze(instant);
  const [one, other] = await Promise.all([
    app.app.get(ApplyRetention, { strict: false }).execute(),
    app.app.get(ApplyRetention, { strict: false }).execute(),
  ]);
  await settled(app);
  return { announced: one.announced + other.announced, closed: one.closed + other.closed, erased: one.erased + other.erased };
}
const NOTHING = { announced: 0, closed: 0, erased: 0 };
const row = async (id: string) =>
  (
    await app.query<Record<string, unknown>>(
      'SELECT email::text, name, password_hash, disabled_at, closing_on, erased_at FROM users WHERE id = $1',
      [id],
    )
  )[0];

async function someone(): Promise<{ id: string }> {
  await aRegisteredAccount(app, EMAIL);
  await logIn(app, EMAIL);
  const [found] = await app.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [EMAIL]);
  // The administrator comes back all the time: the clock is not to close them.
  await app.query(`UPDATE users SET last_seen_at = '2100-01-01' WHERE id = $1`, [admin.id]);
  return { id: found?.id ?? '' };
}

test('who does not come back is told a month before, then closed, then has no name any more; what they did stays', async () => {
  const person = await someone();
  expect(await run('2027-12-10T09:00:00Z')).toEqual(NOTHING);
  expect(await run('2027-12-11T09:00:00Z')).toEqual({ ...NOTHING, announced: 1 });
  expect(await run('2027-12-12T09:00:00Z')).toEqual(NOTHING);
  const [text, ...more] = await textsTo(app, person, 'account-closing');
  expect(more).toEqual([]);
  expect(text).toContain('Dernière connexion : 10 janvier 2027');
  expect(text).toContain('Fermeture prévue le : 10 janvier 2028');
  expect(await run('2028-01-09T09:00:00Z')).toEqual(NOTHING);
  expect(await run('2028-01-10T09:00:00Z')).toEqual({ ...NOTHING, closed: 1 });
  expect(await row(person.id)).toMatchObject({ email: EMAIL, disabled_at: new Date('2028-01-10T09:00:00Z'), closing_on: null });
  await app.http.post('/v1/auth/login').send({ email: EMAIL, password: PASSWORD }).expect(403);
  expect(await run('2028-04-09T08:00:00Z')).toEqual(NOTHING);
  const actsBefore = await app.query('SELECT id FROM audit WHERE actor_id = $1', [person.id]);
  expect(await run('2028-04-09T10:00:00Z')).toEqual({ ...NOTHING, erased: 1 });
  expect(await run('2028-04-10T10:00:00Z')).toEqual(NOTHING);
  expect(await row(person.id)).toMatchObject({ email: `efface+${person.id}@bievre.invalid`, name: 'Compte effacé', password_hash: null });
  expect(await app.query('SELECT id FROM audit WHERE actor_id = $1', [person.id])).toEqual(actsBefore);
  expect((await auditOf(app, person.id)).map(({ act, actorKind }) => [act, actorKind]).slice(-3)).toEqual([
    ['account.closing-announced', 'system'],
    ['account.closed-unused', 'system'],
    ['account.erased', 'system'],
  ]);
  await app.http.post('/v1/auth/login').send({ email: EMAIL, password: PASSWORD }).expect(401);
  const reopened = await app.http
    .post(`/v1/users/${person.id}/enable`)
    .set(await signedInNow(app, admin))
    .set('If-Match', `"${(await app.query<{ version: number }>('SELECT version FROM users WHERE id = $1', [person.id]))[0]?.version ?? 0}"`)
    .expect(409);
  expect(reopened.body).toMatchObject({ code: 'ACCOUNT_ERASED' });
});

test('who comes back in time keeps their account, and is told anew a year later', async () => {
  const person = await someone();
  await run('2027-12-11T09:00:00Z');
  app.clock.freeze('2028-01-09T20:00:00Z');
  await logIn(app, EMAIL);
  expect(await run('2028-01-10T09:00:00Z')).toEqual(NOTHING);
  expect(await row(person.id)).toMatchObject({ disabled_at: null, closing_on: null });
  expect(await run('2028-12-10T09:00:00Z')).toEqual({ ...NOTHING, announced: 1 });
});

test('after a stop over the whole notice, they are told first, and have it whole', async () => {
  const person = await someone();
  expect(await run('2028-02-01T09:00:00Z')).toEqual({ ...NOTHING, announced: 1 });
  expect((await textsTo(app, person, 'account-closing'))[0]).toContain('Fermeture prévue le : 2 mars 2028');
  expect(await run('2028-03-01T09:00:00Z')).toEqual(NOTHING);
  expect(await run('2028-03-02T09:00:00Z')).toEqual({ ...NOTHING, closed: 1 });
});

test('an account that was closed by hand and opened again has a whole notice', async () => {
  const person = await someone();
  await run('2027-12-11T09:00:00Z');
  await run('2028-01-10T09:00:00Z');
  const [{ version } = { version: 0 }] = await app.query<{ version: number }>('SELECT version FROM users WHERE id = $1', [person.id]);
  await app.http
    .post(`/v1/users/${person.id}/enable`)
    .set(await signedInNow(app, admin))
    .set('If-Match', `"${version}"`)
    .expect(200);
  expect(await run('2028-01-11T09:00:00Z')).toEqual({ ...NOTHING, announced: 1 });
  expect(await run('2028-02-09T09:00:00Z')).toEqual(NOTHING);
});

describe('the rules', () => {
  const PATH = '/v1/admin/retention-rules';
  const rules = async () => (await app.http.get(PATH).set(admin.auth).expect(200)).body as RetentionRuleResponse[];
  const change = (object: string, body: object, version: number) =>
    app.http.patch(`${PATH}/${object}`).set(admin.auth).set('If-Match', `"${version}"`).send(body);

  test('are read by an administrator, with their fate and legal basis', async () => {
    expect((await rules()).map(({ object, archivedDays, fate }) => [object, archivedDays, fate])).toEqual([
      ['account', 90, 'pseudonymise'],
      ['message', 1826, 'delete'],
      ['one-time-link', 30, 'delete'],
      ['session', 90, 'delete'],
    ]);
    expect((await rules()).every(({ legalBasis }) => legalBasis.includes('2016/679'))).toBe(true);
    const stranger = await aPerson(app, { grants: [GRANTS.coordinator()] });
    await app.http.get(PATH).set(stranger.auth).expect(403);
  });

  test('are changed with the version read, kept in the audit, and obeyed by the clocks', async () => {
    const { body } = await change('session', { archivedDays: 10 }, 1).expect(200);
    expect(body).toMatchObject({ object: 'session', archivedDays: 10, version: 2 });
    await change('session', { archivedDays: 20 }, 1).expect(412);
    await change('session', { noticeDays: 5 }, 2).expect(422);
    await change('nothing', { archivedDays: 5 }, 1).expect(404);
    expect(await auditOf(app, 'session')).toMatchObject([
      { act: 'retention-rule.changed', actorId: admin.id, before: { archivedDays: 90 }, after: { archivedDays: 10 } },
    ]);
    await aRegisteredAccount(app, EMAIL);
    const { refreshToken } = await logIn(app, EMAIL);
    await app.http.post('/v1/auth/logout').send({ refreshToken }).expect(204);
    const purgedOn = async (instant: string): Promise<number> => {
      app.clock.freeze(instant);
      await app.app.get(PurgeIdentity, { strict: false }).execute();
      return (await app.query('SELECT id FROM sessions WHERE ended_at IS NOT NULL')).length;
    };
    expect(await purgedOn('2027-01-20T08:00:00Z')).toBe(1);
    expect(await purgedOn('2027-01-20T10:00:00Z')).toBe(0);
  });

  test('never let an account close with less than a month’s notice, whoever asks', async () => {
    const { body } = await change('account', { noticeDays: 0 }, 1).expect(422);
    expect(body).toMatchObject({ code: 'NOTICE_TOO_SHORT', errors: [{ pointer: '/noticeDays', code: 'NOTICE_TOO_SHORT' }] });
    expect(JSON.stringify(body)).toContain('30 jours');
    await change('account', { noticeDays: 29 }, 1).expect(422);
    await change('account', { activeDays: 29, noticeDays: 29 }, 1).expect(422);
    expect((await change('account', { activeDays: 30, noticeDays: 30 }, 1).expect(200)).body).toMatchObject({ noticeDays: 30, version: 2 });
    await expect(app.query(`UPDATE retention_rules SET notice_days = 29 WHERE object = 'account'`)).rejects.toThrow(
      'retention_rules_account_notice_check',
    );
  });
});
