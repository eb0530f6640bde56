import { aPerson, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

interface Preferences {
  readonly version: number;
  readonly timeZone: string;
  readonly quietHours: object | null;
  readonly kinds: readonly { readonly kind: string; readonly mail: string; readonly inbox: string; readonly legal: string | null }[];
}

const PATH = '/v1/me/notification-preferences';
let app: TestApp;
let person: Person;
beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  person = await aPerson(app);
});
afterAll(() => app.close());

const put = (body: object, version?: number) => {
  const request = app.http.put(PATH).set(person.auth).send(body);
  return version === undefined ? request : request.set('If-Match', `"${version}"`);
};
const kindIn = ({ kinds }: Preferences, kind: string) => kinds.find((one) => one.kind === kind);

test('before anyone chose, everything is immediate, in Paris', async () => {
  const answer = await app.http.get(PATH).set(person.auth).expect(200);
  const preferences = answer.body as Preferences;
  expect(answer.headers['etag']).toBe('"0"');
  expect(preferences).toMatchObject({ version: 0, timeZone: 'Europe/Paris', quietHours: null, addressFlagged: false });
  expect(kindIn(preferences, 'membership-granted')).toEqual({
    kind: 'membership-granted',
    topic: 'organisation',
    label: 'Rattachement accepté',
    mail: 'immediate',
    inbox: 'immediate',
    mailChoices: ['immediate', 'daily', 'weekly', 'off'],
    inboxChoices: ['immediate', 'off'],
    legal: null,
  });
  expect(kindIn(preferences, 'results')).toMatchObject({ mailChoices: ['immediate'], legal: expect.stringContaining('recours') });
});

test('a choice is kept, replaces the one before, and is recorded', async () => {
  const first = await put({
    timeZone: 'Indian/Reunion',
    quietHours: { from: '20:00', to: '07:30' },
    kinds: [{ kind: 'membership-granted', mail: 'daily', inbox: 'off' }],
  }).expect(200);
  expect(first.headers['etag']).toBe('"1"');
  const kept = (await app.http.get(PATH).set(person.auth).expect(200)).body as Preferences;
  expect(kept).toEqual(first.body);
  expect(kept).toMatchObject({ version: 1, timeZone: 'Indian/Reunion', quietHours: { from: '20:00', to: '07:30' } });
  expect(kindIn(kept, 'membership-granted')).toMatchObject({ mail: 'daily', inbox: 'off' });

  const second = (await put({ kinds: [{ kind: 'membership-ended', mail: 'off' }] }, 1).expect(200)).body as Preferences;
  expect(second).toMatchObject({ version: 2, timeZone: 'Europe/Paris', quietHours: null });
  expect(kindIn(second, 'membership-granted')).toMatchObject({ mail: 'immediate', inbox: 'immediate' });
  expect(kindIn(second, 'membership-ended')).toMatchObject({ mail: 'off', inbox: 'immediate' });

  const audits = await app.query<{ after: { version: number } }>(
    `SELECT after FROM audit WHERE act = 'notification-preferences.replaced' AND object_id = $1 ORDER BY id`,
    [person.id],
  );
  expect(audits.map(({ after }) => after.version)).toEqual([1, 2]);
  const others = (
    await app.http
      .get(PATH)
      .set((await aPerson(app)).auth)
      .expect(200)
  ).body as Preferences;
  expect(others.version).toBe(0);
});

test('two that decide on the same version: the second is told', async () => {
  await put({ kinds: [] }, 0).expect(200);
  expect((await put({ kinds: [] }).expect(428)).body).toMatchObject({ code: 'VERSION_REQUIRED' });
  expect((await put({ kinds: [] }, 0).expect(412)).body).toMatchObject({ code: 'STALE_VERSION', currentVersion: 1 });
  const both = await Promise.all([put({ kinds: [] }, 1), put({ kinds: [] }, 1)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test('two first choices at once: one is kept', async () => {
  const both = await Promise.all([put({ kinds: [] }, 0), put({ kinds: [] }, 0)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test.each([
  ['a legal message cut', { kinds: [{ kind: 'results', mail: 'off' }] }, 'LEGAL_MESSAGE', '/kinds/0/mail'],
  ['a legal message put off', { kinds: [{ kind: 'complement-asked', mail: 'daily' }] }, 'LEGAL_MESSAGE', '/kinds/0/mail'],
  ['a legal message kept out of the inbox', { kinds: [{ kind: 'receipt', inbox: 'off' }] }, 'LEGAL_MESSAGE', '/kinds/0/inbox'],
  ['a reminder put off', { kinds: [{ kind: 'closing-reminder', mail: 'weekly' }] }, 'TOO_LATE_IN_DIGEST', '/kinds/0/mail'],
  ['an invitation in the inbox', { kinds: [{ kind: 'invitation', inbox: 'immediate' }] }, 'NOT_IN_INBOX', '/kinds/0/inbox'],
  ['a kind given twice', { kinds: [{ kind: 'membership-ended' }, { kind: 'membership-ended' }] }, 'KIND_GIVEN_TWICE', '/kinds/1/kind'],
  ['a zone that is none', { timeZone: 'Europe/Ivry', kinds: [] }, 'UNKNOWN_TIME_ZONE', '/timeZone'],
  ['quiet hours of no length', { quietHours: { from: '08:00', to: '08:00' }, kinds: [] }, 'EMPTY_QUIET_HOURS', '/quietHours/to'],
])('refuses %s', async (_what, body, code, pointer) => {
  const refused = await put(body).expect(422);
  expect(refused.body).toMatchObject({ code, errors: [{ pointer, code }] });
  expect(await app.query('SELECT 1 FROM notification_preferences WHERE user_id = $1', [person.id])).toEqual([]);
});

test.each([
  [{}],
  [{ kinds: [{ kind: 'unknown' }] }],
  [{ kinds: [{ kind: 'results', mail: 'monthly' }] }],
  [{ kinds: [{ kind: 'results', sms: 'off' }] }],
  [{ kinds: [], quietHours: { from: '24:00', to: '07:00' } }],
  [{ kinds: [], quietHours: { from: '20:00' } }],
  [{ kinds: [], timeZone: 'Europe/Paris\u0000' }],
  [{ kinds: Array.from({ length: 201 }, () => ({ kind: 'membership-ended' })) }],
])('refuses what it cannot read: %j', async (body) => {
  expect((await put(body).expect(400)).body).toMatchObject({ code: 'VALIDATION_FAILED' });
});

test('asks who one is', async () => {
  await app.http.get(PATH).expect(401);
  await app.http.put(PATH).send({ kinds: [] }).expect(401);
});
