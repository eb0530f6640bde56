import { newId } from '../../../src/kernel/id.js';
import { Deliver } from '../../../src/modules/notifications/use-cases/deliver.js';
import { ReleaseMail } from '../../../src/modules/notifications/use-cases/release-mail.js';
import { SYSTEM } from '../../../src/platform/auth/system-actor.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, signedInNow, type Person } from '../../builders/people.js';
import { aCallRow, aComplementRow, aDossierRow } from '../../builders/rows.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { dueMails, keptMails, plain, sendDue } from './mail-room.js';

type Kind = 'membership-granted' | 'membership-ended' | 'complement-answered' | 'inadmissible';

const QUIET = { kinds: [], quietHours: { from: '20:00', to: '07:30' } };
/** When they end in Paris, the next morning. */
const MORNING = '2027-03-25T06:30:00.000Z';
const DIGEST = '2027-03-25T07:00:00.000Z';

let app: TestApp;
let person: Person;
let refs: Record<'membershipId' | 'dossierId' | 'complementRequestId', string>;
let organisationId: string;
let version: number | null;
beforeAll(async () => {
  app = await startApp({ env: { MAIL_GROUPING_SECONDS: '5' } });
});
beforeEach(async () => {
  app.clock.freeze('2027-03-24T12:00:00Z');
  version = null;
  person = await aPerson(app);
  ({ id: organisationId } = await anOrganisation(app, { name: 'Les Amis', members: [{ person }] }));
  const [membership] = await app.query<{ id: string }>('SELECT id FROM memberships WHERE organisation_id = $1', [organisationId]);
  const { id: dossierId } = await aDossierRow(
    app,
    { callId: await aCallRow(app), organisationId },
    { state: 'inadmissible', submittedBy: person.id, admissibilityReason: 'Hors du territoire' },
  );
  refs = { membershipId: membership?.id ?? '', dossierId, complementRequestId: await aComplementRow(app, dossierId, person.id, true) };
});
afterAll(() => app.close());

async function choose(at: string, body: object): Promise<void> {
  app.clock.freeze(at);
  const auth = await signedInNow(app, person);
  const request = app.http.put('/v1/me/notification-preferences').set(auth).send(body);
  const answer = await (version === null ? request : request.set('If-Match', `"${version}"`)).expect(200);
  version = (answer.body as { version: number }).version;
}

const mailOf = (kind: Kind, mail: string) => ({ kinds: [{ kind, mail }] });

async function tellThem(kind: Kind, at: string): Promise<void> {
  app.clock.freeze(at);
  const told = { kind, object: { type: 'dossier' as const, id: refs.dossierId }, organisationId, refs };
  await app.app
    .get(UnitOfWork)
    .run(SYSTEM, (tx) => app.app.get(Deliver).execute(tx, [{ ...told, eventId: newId(), userIds: [person.id] }]));
}

/** What they have, as it was told: `membership-granted daily 2027-03-25T07:00:00.000Z`, or what became of it. */
async function waiting(): Promise<string[]> {
  const rows = await app.query<{ kind: string; state: string; cadence: string; dueAt: Date; leaves: boolean }>(
    `SELECT kind, state, cadence, due_at AS "dueAt", mail_id IS NOT NULL AS leaves FROM deliveries WHERE user_id = $1 ORDER BY id`,
    [person.id],
  );
  return rows.map(({ kind, state, cadence, dueAt, leaves }) => {
    if (state !== 'queued') return `${kind} ${state}`;
    return leaves ? `${kind} leaves` : `${kind} ${cadence} ${dueAt.toISOString()}`;
  });
}

/** The mails that left to them once the clock ticks at that instant: their subjects, in the order in which they were let go. */
async function left(at: string): Promise<string[]> {
  app.clock.freeze(at);
  await app.app.get(ReleaseMail).execute();
  for (const due of await dueMails(app)) expect(await sendDue(app, due)).toBeNull();
  return (await keptMails(app)).filter(({ to }) => to === person.email).map(({ subject }) => plain(subject));
}

test('without quiet hours any more, what they held leaves at once, and before what is told later', async () => {
  await choose('2027-03-24T18:00:00Z', QUIET);
  await tellThem('membership-granted', '2027-03-24T21:00:00Z');
  await tellThem('membership-ended', '2027-03-24T21:10:00Z');
  expect(await waiting()).toEqual([`membership-granted immediate ${MORNING}`, `membership-ended immediate ${MORNING}`]);
  await choose('2027-03-24T22:00:00Z', { kinds: [] });
  expect(await waiting()).toEqual(['membership-granted leaves', 'membership-ended leaves']);
  await tellThem('membership-granted', '2027-03-24T22:00:01Z');
  const mails = await dueMails(app);
  const told = await app.query<{ id: string }>('SELECT id FROM deliveries WHERE user_id = $1 ORDER BY id', [person.id]);
  expect(mails.map(({ mailId }) => mailId)).toEqual(told.map(({ id }) => id));
  expect(await left('2027-03-24T22:00:05Z')).toHaveLength(3);
  expect(await left('2027-03-25T06:30:00Z')).toHaveLength(3);
});

test('quiet hours that are moved hold until their new end', async () => {
  await choose('2027-03-24T18:00:00Z', QUIET);
  await tellThem('membership-granted', '2027-03-24T21:00:00Z');
  await choose('2027-03-24T21:30:00Z', { ...QUIET, quietHours: { from: '20:00', to: '06:00' }, kinds: [] });
  expect(await waiting()).toEqual(['membership-granted immediate 2027-03-25T05:00:00.000Z']);
  await choose('2027-03-24T21:40:00Z', { ...QUIET, timeZone: 'Indian/Reunion', kinds: [] });
  expect(await waiting()).toEqual(['membership-granted immediate 2027-03-25T03:30:00.000Z']);
});

test('quiet hours that are added hold what was about to leave, but for what is legal', async () => {
  await tellThem('complement-answered', '2027-03-24T21:00:00Z');
  await tellThem('inadmissible', '2027-03-24T21:00:00Z');
  await choose('2027-03-24T21:00:02Z', QUIET);
  expect(await waiting()).toEqual([`complement-answered immediate ${MORNING}`, 'inadmissible immediate 2027-03-24T21:00:05.000Z']);
  expect(await left('2027-03-24T21:00:05Z')).toEqual([expect.stringContaining('non recevable')]);
  expect(await left('2027-03-25T06:30:00Z')).toHaveLength(2);
});

test('a kind that is cut by mail no longer leaves, and stays in the inbox; what is legal leaves', async () => {
  await choose('2027-03-24T12:00:00Z', mailOf('membership-granted', 'daily'));
  await tellThem('membership-granted', '2027-03-24T12:00:00Z');
  await tellThem('inadmissible', '2027-03-24T12:00:00Z');
  await choose('2027-03-24T12:00:01Z', mailOf('membership-granted', 'off'));
  expect(await waiting()).toEqual(['membership-granted cancelled', 'inadmissible immediate 2027-03-24T12:00:05.000Z']);
  expect(await app.query('SELECT 1 FROM inbox_messages WHERE user_id = $1', [person.id])).toHaveLength(2);
  await choose('2027-03-24T12:00:02Z', { kinds: [] });
  expect(await left('2027-03-25T07:00:00Z')).toEqual([expect.stringContaining('non recevable')]);
});

test('from a digest to immediate it leaves at once, or when hours are no longer quiet', async () => {
  await choose('2027-03-24T12:00:00Z', mailOf('membership-granted', 'daily'));
  await tellThem('membership-granted', '2027-03-24T12:00:00Z');
  await choose('2027-03-24T13:00:00Z', { kinds: [] });
  expect(await waiting()).toEqual(['membership-granted leaves']);
  await choose('2027-03-24T14:00:00Z', mailOf('membership-granted', 'weekly'));
  await tellThem('membership-granted', '2027-03-24T14:00:00Z');
  await choose('2027-03-24T21:00:00Z', QUIET);
  expect((await waiting())[1]).toBe(`membership-granted immediate ${MORNING}`);
});

test('from immediate to a digest it waits for it, and what is chosen twice changes nothing', async () => {
  await choose('2027-03-24T18:00:00Z', QUIET);
  await tellThem('membership-granted', '2027-03-24T21:00:00Z');
  for (const at of ['2027-03-24T21:30:00Z', '2027-03-24T22:30:00Z']) {
    await choose(at, mailOf('membership-granted', 'daily'));
    expect(await waiting()).toEqual([`membership-granted daily ${DIGEST}`]);
  }
  await choose('2027-03-24T23:00:00Z', mailOf('membership-granted', 'weekly'));
  expect(await waiting()).toEqual(['membership-granted weekly 2027-03-29T06:00:00.000Z']);
});

test('a digest whose hour came is not put off by a choice made before the clock ticks', async () => {
  await choose('2027-03-24T12:00:00Z', mailOf('membership-granted', 'daily'));
  await tellThem('membership-granted', '2027-03-24T12:00:00Z');
  await tellThem('membership-granted', '2027-03-24T13:00:00Z');
  await choose('2027-03-25T07:00:02Z', {
    kinds: [...mailOf('membership-granted', 'daily').kinds, { kind: 'membership-ended', mail: 'off' }],
  });
  expect(await left('2027-03-25T07:00:05Z')).toEqual(['Rattachement accepté : 2 messages']);
});

test('those of one kind that came apart leave as one', async () => {
  await choose('2027-03-24T18:00:00Z', QUIET);
  for (const at of ['2027-03-24T21:00:00Z', '2027-03-24T21:59:58Z']) await tellThem('complement-answered', at);
  await choose('2027-03-24T22:00:00Z', { kinds: [] });
  expect(await left('2027-03-24T22:00:10Z')).toEqual(['Complément reçu : 2 messages']);
});

test('a choice made while the clock lets mail go sends nothing twice and loses nothing', async () => {
  await choose('2027-03-24T12:00:00Z', mailOf('membership-granted', 'daily'));
  for (let count = 0; count < 20; count++) await tellThem('membership-granted', '2027-03-24T12:00:00Z');
  app.clock.freeze('2027-03-25T07:00:00Z');
  const ticks = [1, 2, 3].map(() => app.app.get(ReleaseMail).execute());
  await Promise.all([...ticks, choose('2027-03-25T07:00:00Z', mailOf('membership-granted', 'daily'))]);
  expect(await left('2027-03-25T07:00:05Z')).toEqual(['Rattachement accepté : 20 messages']);
});

test('nobody else’s mail moves', async () => {
  await choose('2027-03-24T12:00:00Z', mailOf('membership-granted', 'daily'));
  await tellThem('membership-granted', '2027-03-24T12:00:00Z');
  await app.http
    .put('/v1/me/notification-preferences')
    .set((await aPerson(app)).auth)
    .send(mailOf('membership-granted', 'off'))
    .expect(200);
  expect(await waiting()).toEqual([`membership-granted daily ${DIGEST}`]);
});
