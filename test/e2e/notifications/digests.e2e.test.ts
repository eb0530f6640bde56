import { newId } from '../../../src/kernel/id.js';
import { Deliver } from '../../../src/modules/notifications/use-cases/deliver.js';
import { ReleaseMail } from '../../../src/modules/notifications/use-cases/release-mail.js';
import { SYSTEM } from '../../../src/platform/auth/system-actor.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import type { KeptMail } from '../../../src/platform/mail/folder-mailer.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, type Person } from '../../builders/people.js';
import { aCallRow, aComplementRow, aDossierRow } from '../../builders/rows.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { dueMails, keptMails, plain, sendDue } from './mail-room.js';

type Kind = 'membership-granted' | 'membership-ended' | 'complement-answered' | 'inadmissible';

let app: TestApp;
let person: Person;
let organisationId: string;
let membershipId: string;
let dossierId: string;
let complementRequestId: string;
beforeAll(async () => {
  app = await startApp({ env: { MAIL_GROUPING_SECONDS: '5' } });
});
beforeEach(async () => {
  app.clock.freeze('2027-03-24T12:00:00Z');
  person = await aPerson(app);
  ({ id: organisationId } = await anOrganisation(app, { name: 'Les Amis', members: [{ person }] }));
  const [membership] = await app.query<{ id: string }>('SELECT id FROM memberships WHERE organisation_id = $1', [organisationId]);
  membershipId = membership?.id ?? '';
  const dossier = await aDossierRow(
    app,
    { callId: await aCallRow(app), organisationId },
    { state: 'inadmissible', submittedBy: person.id, admissibilityReason: 'Hors du territoire' },
  );
  dossierId = dossier.id;
  complementRequestId = await aComplementRow(app, dossierId, person.id, true);
});
afterAll(() => app.close());

const choose = (body: object) => app.http.put('/v1/me/notification-preferences').set(person.auth).send(body).expect(200);

async function tellThem(kind: Kind, at?: string): Promise<void> {
  if (at !== undefined) app.clock.freeze(at);
  await app.app.get(UnitOfWork).run(SYSTEM, (tx) =>
    app.app.get(Deliver).execute(tx, [
      {
        eventId: newId(),
        userIds: [person.id],
        kind,
        object: { type: 'dossier', id: dossierId },
        organisationId,
        refs: { membershipId, dossierId, complementRequestId },
      },
    ]),
  );
}

/** Three replicas tick at that instant, and the mails that follow leave. Gives those of this person. */
async function tick(at: string): Promise<KeptMail[]> {
  app.clock.freeze(at);
  await Promise.all([1, 2, 3].map(() => app.app.get(ReleaseMail).execute()));
  return sent();
}

async function sent(): Promise<KeptMail[]> {
  expect(await sendDue(app, ...(await dueMails(app)))).toBeNull();
  return (await keptMails(app)).filter(({ to }) => to === person.email);
}

const states = async (): Promise<string[]> =>
  (await app.query<{ state: string }>('SELECT state FROM deliveries WHERE user_id = $1 ORDER BY id', [person.id])).map(
    ({ state }) => state,
  );

const unread = async (): Promise<number> => (await app.query('SELECT 1 FROM inbox_messages WHERE user_id = $1', [person.id])).length;

test('a day’s messages leave at 8:00 as one, and are in the inbox at once', async () => {
  await choose({ kinds: ['membership-granted', 'membership-ended'].map((kind) => ({ kind, mail: 'daily' })) });
  await tellThem('membership-granted', '2027-03-24T12:00:00Z');
  await tellThem('membership-ended', '2027-03-24T15:00:00Z');
  expect(await unread()).toBe(2);
  expect(await tick('2027-03-25T06:59:59Z')).toEqual([]);
  expect(await states()).toEqual(['queued', 'queued']);
  const [mail, ...others] = await tick('2027-03-25T07:00:00Z');
  expect(others).toEqual([]);
  expect(plain(mail?.subject ?? '')).toBe('Votre récapitulatif : 2 messages');
  for (const said of ['Rattachement accepté', 'Fin d’un rattachement', 'Les Amis', '/v1/me/notifications'])
    expect(plain(mail?.text ?? '')).toContain(said);
  expect(await states()).toEqual(['sent', 'sent']);
  expect(await tick('2027-03-26T07:00:00Z')).toHaveLength(1);
});

test('after a week without a clock there is one digest, not seven, and the week’s own joins it', async () => {
  await choose({
    kinds: [
      { kind: 'membership-granted', mail: 'daily' },
      { kind: 'membership-ended', mail: 'weekly' },
    ],
  });
  for (let day = 22; day < 29; day++) await tellThem('membership-granted', `2027-03-${day}T12:00:00Z`);
  await tellThem('membership-ended', '2027-03-28T12:00:00Z');
  const mails = await tick('2027-03-29T06:00:00Z');
  expect(mails.map(({ subject }) => plain(subject))).toEqual(['Votre récapitulatif : 8 messages']);
  expect(new Set(await states())).toEqual(new Set(['sent']));
});

test('the week’s messages leave on Monday at 8:00, also when clocks change on Sunday', async () => {
  await choose({ kinds: [{ kind: 'membership-granted', mail: 'weekly' }] });
  await tellThem('membership-granted', '2027-03-24T12:00:00Z');
  await tellThem('membership-granted', '2027-03-27T12:00:00Z');
  expect(await tick('2027-03-29T05:59:59Z')).toEqual([]);
  expect(await tick('2027-03-29T06:00:00Z')).toHaveLength(1);
});

test('a digest of one message is that message', async () => {
  await choose({ kinds: [{ kind: 'membership-granted', mail: 'daily' }] });
  await tellThem('membership-granted', '2027-03-24T12:00:00Z');
  const [mail] = await tick('2027-03-25T07:00:00Z');
  expect(mail?.subject).toContain('Les Amis');
  const [delivery] = await app.query<{ id: string }>('SELECT id FROM deliveries WHERE user_id = $1', [person.id]);
  expect(mail?.messageId).toBe(`<${delivery?.id ?? ''}@bievre.test>`);
});

test('what there is no longer anything to say about is left out', async () => {
  await choose({
    kinds: [
      { kind: 'membership-granted', mail: 'daily' },
      { kind: 'membership-ended', mail: 'daily' },
    ],
  });
  await tellThem('membership-granted', '2027-03-24T12:00:00Z');
  const known = membershipId;
  membershipId = newId();
  await tellThem('membership-ended', '2027-03-24T12:30:00Z');
  membershipId = known;
  await tellThem('membership-granted', '2027-03-24T13:00:00Z');
  const [mail] = await tick('2027-03-25T07:00:00Z');
  expect(plain(mail?.subject ?? '')).toBe('Rattachement accepté : 2 messages');
  expect(await states()).toEqual(['sent', 'cancelled', 'sent']);
});

test('quiet hours hold mail until morning, but for what is legal', async () => {
  await choose({ quietHours: { from: '20:00', to: '07:30' }, kinds: [] });
  await tellThem('membership-granted', '2027-03-24T21:00:00Z');
  await tellThem('inadmissible', '2027-03-24T21:00:00Z');
  const mails = await tick('2027-03-24T21:00:10Z');
  expect(mails.map(({ subject }) => subject)).toEqual([expect.stringContaining('non recevable')]);
  expect(await tick('2027-03-25T06:29:59Z')).toHaveLength(1);
  expect(await tick('2027-03-25T06:30:00Z')).toHaveLength(2);
});

test('what is off leaves by no mail, and what is off everywhere is told nowhere', async () => {
  await choose({
    kinds: [
      { kind: 'membership-granted', mail: 'off' },
      { kind: 'membership-ended', mail: 'off', inbox: 'off' },
    ],
  });
  await tellThem('membership-granted');
  await tellThem('membership-ended');
  expect(await unread()).toBe(1);
  expect(await states()).toEqual([]);
  const { body } = await app.http.get('/v1/me/notifications').set(person.auth).expect(200);
  expect(body).toMatchObject({ data: [{ kind: 'membership-granted', state: 'sent', channels: ['inbox'] }] });
});

test('fifty of one kind at once are one mail', async () => {
  app.clock.freeze('2027-03-24T12:00:00Z');
  for (let count = 0; count < 50; count++) await tellThem('complement-answered', `2027-03-24T12:00:${String(count).padStart(2, '0')}Z`);
  expect(await sent()).toEqual([]);
  expect(await tick('2027-03-24T12:00:53Z')).toEqual([]);
  const [mail, ...others] = await tick('2027-03-24T12:00:54Z');
  expect(others).toEqual([]);
  expect(plain(mail?.subject ?? '')).toBe('Complément reçu : 50 messages');
  expect(new Set(await states())).toEqual(new Set(['sent']));
  expect(await unread()).toBe(50);
});

test('those that follow within ten minutes wait for each other; a single one leaves as itself', async () => {
  await tellThem('complement-answered', '2027-03-24T12:00:00Z');
  expect((await tick('2027-03-24T12:00:05Z')).map(({ subject }) => plain(subject))).toEqual([
    expect.stringMatching(/^Complément reçu.*2027-GOSB/),
  ]);
  await tellThem('complement-answered', '2027-03-24T12:02:00Z');
  await tellThem('complement-answered', '2027-03-24T12:05:00Z');
  expect(await tick('2027-03-24T12:10:00Z')).toHaveLength(1);
  expect(await tick('2027-03-24T12:10:05Z')).toHaveLength(2);
});

test('legal messages that one act sends to the same person are one mail, each in full', async () => {
  await choose({ quietHours: { from: '20:00', to: '07:30' }, kinds: [] });
  for (let count = 0; count < 5; count++) await tellThem('inadmissible', `2027-03-24T21:00:0${count}Z`);
  expect(await sent()).toEqual([]);
  const [mail, ...others] = await tick('2027-03-24T21:00:09Z');
  expect(others).toEqual([]);
  expect(plain(mail?.subject ?? '')).toBe('Dossier irrecevable : 5 messages');
  expect(plain(mail?.text ?? '').match(/Hors du territoire/g)).toHaveLength(5);
  expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
});
