import { GIVEN_UP_AFTER_MS } from '../../../src/modules/notifications/domain/smtp-reply.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { aCallRow, aDossierRow } from '../../builders/rows.js';
import { aReport } from '../../integration/mail/a-report.js';
import { openSmtpSink, reply, type SmtpSink } from '../../integration/mail/smtp-sink.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { dispatch, sendDue, tell } from './mail-room.js';

const PATH = '/v1/mail-bounces';
let app: TestApp;
let sink: SmtpSink;
let administrator: Person;
let instructor: Person;
let person: Person;
let dossierId: string;
let onRcpt: Error | null = null;
const returnPaths: string[] = [];
beforeAll(async () => {
  sink = await openSmtpSink({
    onMailFrom: ({ address }, _session, done) => {
      returnPaths.push(address);
      done();
    },
    onRcptTo: (_to, _session, done) => {
      done(onRcpt);
    },
  });
  app = await startApp({ env: { SMTP_URL: sink.url, MAIL_BOUNCE_ADDRESS: 'retours@bievre.test' } });
});
beforeEach(async () => {
  onRcpt = null;
  app.clock.set(new Date());
  administrator = await aPerson(app, { grants: [GRANTS.administrator()] });
  instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  person = await aPerson(app, { name: 'Zoé Absente' });
  const { id: organisationId } = await anOrganisation(app, { members: [{ person }] });
  const dossier = await aDossierRow(
    app,
    { callId: await aCallRow(app), organisationId },
    { state: 'submitted', submittedBy: person.id, communes: ['94041'] },
  );
  dossierId = dossier.id;
});
afterAll(async () => {
  await app.close();
  await sink.close();
});

/** Tells of the dossier's submission and tries once to send. Gives the mail's id. */
async function sendOnce(): Promise<{ mailId: string; error: unknown }> {
  const eventId = await tell(app, 'dossier.submitted.v1', { dossierId });
  await dispatch(app, { id: eventId, type: 'dossier.submitted.v1', refs: { dossierId } });
  const [delivery] = await app.query<{ id: string }>('SELECT mail_id AS id FROM deliveries WHERE event_id = $1', [eventId]);
  const mailId = delivery?.id ?? '';
  return { mailId, error: await tryAgain(mailId) };
}

async function tryAgain(mailId: string): Promise<unknown> {
  const [due] = await app.query<{ id: string }>(`SELECT id FROM outbox WHERE type = 'mail.due.v1' AND payload->>'deliveryId' = $1`, [
    mailId,
  ]);
  return sendDue(app, { id: due?.id ?? '', mailId });
}

const bring = (raw: string, by: Person = administrator) => app.http.post(PATH).set(by.auth).set('Content-Type', 'message/rfc822').send(raw);
const idOf = (mailId: string): string => `<${mailId}@bievre.test>`;

async function deliveryOf(mailId: string) {
  const [row] = await app.query<{ state: string; failure: string | null; sent_at: Date | null }>(
    'SELECT state, failure, sent_at FROM deliveries WHERE mail_id = $1',
    [mailId],
  );
  return row;
}

const attemptsOf = (mailId: string) =>
  app.query<{ outcome: string; reply_code: number | null; tries: number; reply: string }>(
    'SELECT outcome, reply_code, tries, reply FROM mail_attempts WHERE mail_id = $1 ORDER BY last_at, outcome',
    [mailId],
  );

interface Proof {
  readonly kind: string;
  readonly recipient: { readonly name: string; readonly address: string };
  readonly state: string;
}

async function proofs(by: Person = instructor): Promise<Proof[]> {
  const { body } = await app.http.get(`/v1/dossiers/${dossierId}/deliveries`).set(by.auth).expect(200);
  return (body as { data: Proof[] }).data;
}

test('a mail that left is proved: to whom, when, under which id, and what the server answered', async () => {
  const { mailId } = await sendOnce();
  const [proof, ...others] = await proofs();
  expect(others).toEqual([]);
  expect(proof).toEqual({
    id: mailId,
    kind: 'receipt',
    label: 'Récépissé de dépôt',
    subject: expect.stringContaining('bien reçu'),
    recipient: { id: person.id, name: 'Zoé Absente', address: `${person.email.charAt(0)}…@exemple.test` },
    state: 'sent',
    toldAt: expect.stringMatching(/Z$/),
    sentAt: expect.stringMatching(/Z$/),
    readAt: null,
    blankedAt: null,
    messageId: idOf(mailId),
    reply: { code: 250, class: '2' },
    tries: 1,
    bounce: null,
  });
  expect(sink.received.at(-1)?.messageId).toBe(idOf(mailId));
  expect(JSON.stringify(await proofs())).not.toContain(person.email);
});

test('proofs are for who instructs the dossier: to its own people and to others they do not exist', async () => {
  await sendOnce();
  const elsewhere = await aPerson(app, { grants: [GRANTS.instructorOf('94081')] });
  const recused = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  await app.http
    .post('/v1/me/recusals')
    .set(recused.auth)
    .send({ organisationId: await ownOrganisation(), reason: 'Un ami' })
    .expect(201);
  for (const other of [person, elsewhere, recused]) {
    await app.http.get(`/v1/dossiers/${dossierId}/deliveries`).set(other.auth).expect(404);
  }
  await app.http.get(`/v1/dossiers/${dossierId}/deliveries`).expect(401);
  expect(await proofs()).toHaveLength(1);
});

async function ownOrganisation(): Promise<string> {
  const [row] = await app.query<{ id: string }>('SELECT organisation_id AS id FROM dossiers WHERE id = $1', [dossierId]);
  return row?.id ?? '';
}

test('a server that says later is tried again, counted once more each time, and given up after four days', async () => {
  onRcpt = reply(451, `4.7.1 <${person.email}> greylisted`);
  const { mailId, error } = await sendOnce();
  expect(error).toMatchObject({ name: 'MailTemporarilyRefused' });
  await tryAgain(mailId);
  expect(await attemptsOf(mailId)).toMatchObject([{ outcome: 'deferred', reply_code: 451, tries: 2 }]);
  expect(await deliveryOf(mailId)).toMatchObject({ state: 'queued' });
  expect(await proofs()).toMatchObject([{ state: 'queued', sentAt: null, tries: 2, reply: { code: 451, class: '4' } }]);

  app.clock.set(new Date(Date.now() + GIVEN_UP_AFTER_MS + 1_000));
  expect(await tryAgain(mailId)).toBeNull();
  expect(await deliveryOf(mailId)).toMatchObject({ state: 'failed', failure: expect.stringContaining('451') });
  expect((await attemptsOf(mailId)).map(({ outcome }) => outcome)).toEqual(['deferred', 'given-up']);
  expect(JSON.stringify(await attemptsOf(mailId))).not.toContain('@');
  expect(await app.query('SELECT 1 FROM mail_bounces WHERE mail_id = $1', [mailId])).toEqual([]);
});

test('a report is matched by the headers that it returns; the mail is marked come back, once', async () => {
  const { mailId } = await sendOnce();
  const raw = aReport({ messageId: idOf(mailId) });
  const first = await bring(raw).expect(201);
  expect(first.body).toEqual({
    id: expect.any(String),
    mailId,
    person: { id: person.id, name: 'Zoé Absente', address: expect.stringMatching(/^.…@exemple\.test$/), flagged: false },
    kinds: ['receipt'],
    state: 'bounced',
    source: 'report',
    severity: 'hard',
    status: '5.1.1',
    diagnostic: '550 5.1.1 <[address]>: Recipient address rejected: User unknown',
    recordedAt: expect.stringMatching(/Z$/),
  });
  expect((await bring(raw).expect(201)).body).toEqual(first.body);
  const delivery = await deliveryOf(mailId);
  expect(delivery).toMatchObject({ state: 'bounced', failure: expect.stringContaining('5.1.1') });
  expect(delivery?.sent_at).not.toBeNull();
  const audits = await app.query<{ actor_id: string }>(`SELECT actor_id FROM audit WHERE act = 'mail-bounce.recorded' AND object_id = $1`, [
    (first.body as { id: string }).id,
  ]);
  expect(audits).toEqual([{ actor_id: administrator.id }]);
  expect(await proofs()).toMatchObject([{ state: 'bounced', bounce: { severity: 'hard', status: '5.1.1' } }]);
  const { body } = await app.http.get('/v1/me/notifications').set(person.auth).expect(200);
  expect(body).toMatchObject({ data: [{ kind: 'receipt', state: 'bounced' }] });
});

test('a report that returns nothing is matched by the address it came back to', async () => {
  const { mailId } = await sendOnce();
  const returnPath = `retours+${mailId.replaceAll('-', '')}@bievre.test`;
  expect(returnPaths.at(-1)).toBe(returnPath);
  const { body } = await bring(aReport({ to: returnPath, messageId: null, status: '4.4.7' })).expect(201);
  expect(body).toMatchObject({ mailId, severity: 'soft', state: 'bounced' });
});

test('a delay is kept and changes nothing', async () => {
  const { mailId } = await sendOnce();
  const { body } = await bring(aReport({ messageId: idOf(mailId), action: 'delayed', status: '4.4.1' })).expect(201);
  expect(body).toMatchObject({ severity: 'delay', state: 'sent' });
  expect(await deliveryOf(mailId)).toMatchObject({ state: 'sent', failure: null });
});

test('two mails that come back for good flag the address, until the person has another', async () => {
  const flag = async (): Promise<boolean> =>
    ((await app.http.get('/v1/me/notification-preferences').set(person.auth).expect(200)).body as { addressFlagged: boolean })
      .addressFlagged;
  const first = await sendOnce();
  await bring(aReport({ messageId: idOf(first.mailId) })).expect(201);
  await bring(aReport({ messageId: idOf(first.mailId), status: '5.2.1' })).expect(201);
  expect(await flag()).toBe(false);
  onRcpt = reply(550, `5.1.1 <${person.email}> unknown`);
  const second = await sendOnce();
  expect(second.error).toBeNull();
  expect(await deliveryOf(second.mailId)).toMatchObject({ state: 'failed' });
  expect(await flag()).toBe(true);
  const listed = await app.http.get(`${PATH}?flagged=true&count=true`).set(administrator.auth).expect(200);
  const { data } = listed.body as { data: { person: { id: string; flagged: boolean }; source: string; mailId: string }[] };
  const own = data.filter((one) => one.person.id === person.id);
  expect(own.map(({ source, mailId }) => [source, mailId])).toEqual([
    ['smtp', second.mailId],
    ['report', first.mailId],
    ['report', first.mailId],
  ]);
  expect(JSON.stringify(listed.body)).not.toContain(person.email);
  await app.query('UPDATE users SET email = $2 WHERE id = $1', [person.id, `autre-${person.email}`]);
  expect(await flag()).toBe(false);
});

test.each([
  ['a letter', 'From: a@b.test\r\nSubject: Bonjour\r\n\r\nMerci !\r\n', 422, 'NOT_A_BOUNCE'],
  ['a report of success', aReport({ messageId: '<x@y.test>', action: 'delivered', status: '2.0.0' }), 422, 'NOT_A_BOUNCE'],
  ['of a mail of others', aReport({ messageId: '<x@y.test>' }), 409, 'UNKNOWN_MAIL'],
  ['of a mail that we never sent', aReport({ messageId: '<019a0000-0000-7000-8000-000000000001@bievre.test>' }), 409, 'UNKNOWN_MAIL'],
  ['to a forged return path', aReport({ to: `retours+${'f'.repeat(32)}@bievre.test`, messageId: null }), 409, 'UNKNOWN_MAIL'],
  ['bytes', '\u0000\u0000\u0000', 422, 'NOT_A_BOUNCE'],
])('%s is refused', async (_what, raw, status, code) => {
  expect((await bring(raw).expect(status)).body).toMatchObject({ code });
});

test('only a mail is read, of a mebibyte at most, and from who runs the platform', async () => {
  const asJson = await app.http.post(PATH).set(administrator.auth).send({ raw: 'x' }).expect(415);
  expect(asJson.body).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE', detail: expect.stringContaining('message/rfc822') });
  expect((await bring(`Subject: x\r\n\r\n${'x'.repeat(1024 * 1024)}`).expect(413)).body).toMatchObject({ code: 'TOO_LARGE' });
  await app.http.post('/v1/me/notifications/read-all').set(person.auth).set('Content-Type', 'message/rfc822').send('x').expect(415);
  await bring(aReport({ messageId: '<x@y.test>' }), instructor).expect(403);
  await app.http.get(PATH).set(instructor.auth).expect(403);
  await app.http.get(PATH).expect(401);
});
