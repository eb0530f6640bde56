import { PART } from '../../../src/modules/notifications/persistence/message-retention.repository.js';
import { aFiledDossier, type FiledDossier } from '../../builders/filed-dossier.js';
import { aPerson, GRANTS, signedInNow, type Person } from '../../builders/people.js';
import { aReport } from '../../integration/mail/a-report.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { settled, tell } from './mail-room.js';
import { messagesOf, NOTHING, retain } from './retention-room.js';

let app: TestApp;
let administrator: Person;
let instructor: Person;
let dossier: FiledDossier;
beforeAll(async () => {
  app = await startApp({ works: true });
});
beforeEach(async () => {
  await app.reset();
  app.clock.freeze('2027-01-10T09:00:00Z');
  administrator = await aPerson(app, { grants: [GRANTS.administrator()] });
  instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  dossier = await aFiledDossier(app);
});
afterAll(() => app.close());

/** Told to the editor and to the signatory: four rows, each with its mail. Gives the editor's. */
async function aReceipt(): Promise<string> {
  await tell(app, 'dossier.submitted.v1', { dossierId: dossier.id });
  await settled(app);
  const [message] = await messagesOf(app, dossier.editor);
  return message?.id ?? '';
}
const left = async (table: string): Promise<number> => (await app.query(`SELECT 1 FROM ${table}`)).length;
async function proofs(): Promise<Record<string, unknown>[]> {
  const path = `/v1/dossiers/${dossier.id}/deliveries`;
  const { body } = await app.http
    .get(path)
    .set(await signedInNow(app, instructor))
    .expect(200);
  return (body as { data: Record<string, unknown>[] }).data;
}
async function bring(mailId: string, status = '5.1.1'): Promise<Record<string, unknown>> {
  const raw = aReport({ messageId: `<${mailId}@bievre.test>`, status, action: status.startsWith('4') ? 'delayed' : 'failed' });
  const { body } = await app.http
    .post('/v1/mail-bounces')
    .set(await signedInNow(app, administrator))
    .set('Content-Type', 'message/rfc822')
    .send(raw)
    .expect(201);
  return body as Record<string, unknown>;
}
async function change(body: object): Promise<{ status: number; body: { code?: string; version?: number } }> {
  const path = '/v1/admin/retention-rules/message';
  const auth = await signedInNow(app, administrator);
  return app.http.patch(path).set(auth).set('If-Match', '"1"').send(body);
}

test('a message keeps its words for a year, then what proves it for five, then nothing; each day begins in Paris', async () => {
  const id = await aReceipt();
  const [before] = await messagesOf(app, dossier.editor);
  const [proved] = (await proofs()).filter((proof) => proof['id'] === id);
  expect(before).toMatchObject({ id, label: 'Récépissé de dépôt', subject: expect.stringContaining('bien reçu'), blankedAt: null });
  expect(proved).toMatchObject({ blankedAt: null, subject: expect.stringContaining('bien reçu') });

  expect(await retain(app, '2028-01-09T22:59:59Z')).toEqual(NOTHING);
  expect(await messagesOf(app, dossier.editor)).toEqual([before]);
  expect(await retain(app, '2028-01-09T23:00:00Z')).toEqual({ ...NOTHING, blanked: 4 });
  expect(await retain(app, '2028-01-10T09:00:00Z')).toEqual(NOTHING);
  const blankedAt = '2028-01-09T23:00:00.000Z';
  expect(await messagesOf(app, dossier.editor)).toEqual([{ ...before, subject: null, summary: null, blankedAt }]);
  expect((await proofs()).filter((proof) => proof['id'] === id)).toEqual([{ ...proved, subject: null, blankedAt }]);
  expect(await app.query('SELECT DISTINCT reply FROM mail_attempts')).toEqual([{ reply: '' }]);
  const unread = await app.http.get('/v1/me/notifications/unread-count').set(await signedInNow(app, dossier.editor));
  expect(unread.body).toEqual({ unreadCount: 1 });

  expect(await retain(app, '2033-01-08T22:59:59Z')).toEqual(NOTHING);
  expect(await proofs()).toHaveLength(2);
  expect(await retain(app, '2033-01-08T23:00:00Z')).toEqual({ ...NOTHING, removed: 4 });
  expect(await messagesOf(app, dossier.editor)).toEqual([]);
  expect(await proofs()).toEqual([]);
  for (const table of ['deliveries', 'inbox_messages', 'mail_attempts']) expect([table, await left(table)]).toEqual([table, 0]);
});

test('what servers said goes with the words, but for its codes; what comes back later brings none', async () => {
  const mailId = await aReceipt();
  await app.query(`UPDATE mail_attempts SET reply_code = 250, reply = '250 2.0.0 OK Zoé <[address]> queued' WHERE mail_id = $1`, [mailId]);
  expect(await bring(mailId)).toMatchObject({ diagnostic: expect.stringContaining('User unknown'), state: 'bounced' });
  await retain(app, '2028-01-10T09:00:00Z');
  expect(await app.query('SELECT reply_code, reply FROM mail_attempts WHERE mail_id = $1', [mailId])).toEqual([
    { reply_code: 250, reply: '250 2.0.0' },
  ]);
  expect(await app.query('SELECT state, failure, subject FROM deliveries WHERE mail_id = $1', [mailId])).toEqual([
    { state: 'bounced', failure: '', subject: null },
  ]);
  expect(await bring(mailId)).toMatchObject({ diagnostic: '', status: '5.1.1', severity: 'hard' });
  expect(await bring(mailId, '4.4.1')).toMatchObject({ diagnostic: '', status: '4.4.1', severity: 'delay' });
  const [other] = await messagesOf(app, dossier.signatory);
  expect(await bring(other?.id ?? '')).toMatchObject({ diagnostic: '', state: 'bounced' });
  await retain(app, '2033-01-09T09:00:00Z');
  expect(await left('mail_bounces')).toBe(0);
});

test('a mail that has not left is left alone; one that left late counts from then', async () => {
  const id = await aReceipt();
  await app.query(`UPDATE deliveries SET sent_at = '2027-01-20T09:00:00Z' WHERE id = $1`, [id]);
  await app.query(
    `INSERT INTO deliveries (id, event_id, user_id, kind, object_type, object_id, refs, created_at, due_at, cadence)
     VALUES (gen_random_uuid(), gen_random_uuid(), $1, 'results', 'call', gen_random_uuid(), '{}', '2027-01-10', '2100-01-01', 'weekly')`,
    [dossier.editor.id],
  );
  expect(await retain(app, '2028-01-19T09:00:00Z')).toEqual({ ...NOTHING, blanked: 3 });
  expect(await retain(app, '2028-01-20T09:00:00Z')).toEqual({ ...NOTHING, blanked: 1 });
  expect(await retain(app, '2040-01-01T09:00:00Z')).toEqual({ ...NOTHING, removed: 4 });
  expect(await messagesOf(app, dossier.editor)).toMatchObject([{ kind: 'results', state: 'queued', blankedAt: null }]);
});

test('a mail of several messages keeps its answers as long as one of them is there', async () => {
  const id = await aReceipt();
  await app.query(
    `INSERT INTO deliveries (id, event_id, user_id, kind, object_type, object_id, refs, created_at, due_at, mail_id, state, sent_at)
     VALUES (gen_random_uuid(), gen_random_uuid(), $1, 'results', 'call', gen_random_uuid(), '{}', '2027-01-10', '2027-01-20', $2, 'sent', '2027-01-20')`,
    [dossier.editor.id, id],
  );
  const answers = async () => (await app.query('SELECT 1 FROM mail_attempts WHERE mail_id = $1', [id])).length;
  await retain(app, '2033-01-09T09:00:00Z');
  await retain(app, '2033-01-18T09:00:00Z');
  expect(await answers()).toBe(1);
  await retain(app, '2033-01-19T09:00:00Z');
  expect(await answers()).toBe(0);
});

test('a long backlog goes in parts, the oldest first', async () => {
  await app.query(
    `INSERT INTO inbox_messages (id, event_id, user_id, rank, kind, object_type, object_id, subject, summary, created_at)
     SELECT gen_random_uuid(), gen_random_uuid(), $1, 1000 + n, 'receipt', 'dossier', $2, 'Reçu', '', '2020-01-01'::timestamptz + make_interval(mins => n)
     FROM generate_series(1, $3::int) AS n`,
    [dossier.editor.id, dossier.id, 2 * PART + 1],
  );
  // Two replicas: two parts.
  expect(await retain(app, '2022-01-01T09:00:00Z')).toEqual({ ...NOTHING, blanked: 2 * PART });
  expect(await app.query('SELECT rank FROM inbox_messages WHERE blanked_at IS NULL')).toEqual([{ rank: 1001n + BigInt(2 * PART) }]);
  expect(await retain(app, '2022-01-01T10:00:00Z')).toEqual({ ...NOTHING, blanked: 1 });
});

test('the rule is obeyed as it is changed, and proofs are never kept less than a year', async () => {
  expect(await change({ activeDays: 0, archivedDays: 364 })).toMatchObject({ status: 422, body: { code: 'PROOF_TOO_SHORT' } });
  expect(await change({ activeDays: 30, archivedDays: 335 })).toMatchObject({ status: 200, body: { version: 2 } });
  await expect(app.query(`UPDATE retention_rules SET archived_days = 334 WHERE object = 'message'`)).rejects.toThrow(
    'retention_rules_message_proof_check',
  );
  await aReceipt();
  expect(await retain(app, '2027-02-08T09:00:00Z')).toEqual(NOTHING);
  expect(await retain(app, '2027-02-09T09:00:00Z')).toEqual({ ...NOTHING, blanked: 4 });
  expect(await retain(app, '2028-01-09T09:00:00Z')).toEqual(NOTHING);
  expect(await retain(app, '2028-01-10T09:00:00Z')).toEqual({ ...NOTHING, removed: 4 });
});
