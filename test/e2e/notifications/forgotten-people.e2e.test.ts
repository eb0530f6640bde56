import { ApplyRetention } from '../../../src/modules/identity/use-cases/apply-retention.js';
import { aFiledDossier, type FiledDossier } from '../../builders/filed-dossier.js';
import { aMessage } from '../../builders/messages.js';
import { aPerson, GRANTS, signedInNow, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { settled, tell } from './mail-room.js';
import { messagesOf, NOTHING, retain, type Listed } from './retention-room.js';

const ERASED_AT = '2027-01-12T09:00:00Z';
let app: TestApp;
let administrator: Person;
let instructor: Person;
let zoe: Person;
let dossier: FiledDossier;
beforeAll(async () => {
  app = await startApp({ works: true });
});
beforeEach(async () => {
  await app.reset();
  app.clock.freeze('2027-01-10T09:00:00Z');
  administrator = await aPerson(app, { grants: [GRANTS.administrator()] });
  instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  zoe = await aPerson(app, { name: 'Zoé Petit', grants: [GRANTS.instructorOf('94003')] });
  dossier = await aFiledDossier(app);
});
afterAll(() => app.close());

/** Closed by an administrator, then erased by the clock. */
async function erase({ id }: Person): Promise<void> {
  app.clock.freeze('2027-01-11T09:00:00Z');
  await app.query(`UPDATE retention_rules SET archived_days = 0 WHERE object = 'account'`);
  const [{ version } = { version: 0 }] = await app.query<{ version: number }>('SELECT version FROM users WHERE id = $1', [id]);
  await app.http
    .post(`/v1/users/${id}/disable`)
    .set(await signedInNow(app, administrator))
    .set('If-Match', `"${version}"`)
    .expect(200);
  app.clock.freeze(ERASED_AT);
  expect((await app.app.get(ApplyRetention, { strict: false }).execute()).erased).toBe(1);
}
const said = (messages: readonly Listed[]) => messages.map(({ kind, subject, summary }) => [kind, subject !== null, summary !== null]);
async function member(person: Person): Promise<void> {
  await app.query(
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'active', true)`,
    [dossier.organisationId, person.id],
  );
}

test('once an account is erased, all that was told to it is blanked, whatever its age, and what tells of others is not', async () => {
  await member(zoe);
  await tell(app, 'dossier.submitted.v1', { dossierId: dossier.id });
  await settled(app);
  expect(await messagesOf(app, zoe)).toMatchObject([{ subject: expect.stringContaining('bien reçu') }]);
  expect(await retain(app, ERASED_AT)).toEqual(NOTHING);
  await erase(zoe);
  expect(await retain(app, ERASED_AT)).toEqual({ ...NOTHING, forgotten: 2 });
  expect(await retain(app, ERASED_AT)).toEqual(NOTHING);
  const words = (table: string) => app.query(`SELECT 1 FROM ${table} WHERE user_id = $1 AND subject IS NOT NULL`, [zoe.id]);
  expect([await words('deliveries'), await words('inbox_messages')]).toEqual([[], []]);
  expect(said(await messagesOf(app, dossier.editor))).toEqual([['receipt', true, true]]);
  // That they were told stays.
  const { body } = await app.http.get(`/v1/dossiers/${dossier.id}/deliveries`).set(await signedInNow(app, instructor));
  const proofs = (body as { data: { subject: string | null; recipient: { id: string; name: string } }[] }).data;
  expect(proofs.find(({ recipient }) => recipient.id === zoe.id)).toMatchObject({
    ...{ subject: null, state: 'sent', recipient: { name: 'Compte effacé' } },
  });
  expect(proofs.filter(({ subject }) => subject !== null)).toHaveLength(2);
});

test('what names who asked to join is blanked in the boxes of others, and nothing else there', async () => {
  const other = await aPerson(app, { name: 'Ali Autre' });
  for (const person of [zoe, other]) {
    await app.http
      .post(`/v1/organisations/${dossier.organisationId}/memberships`)
      .set(person.auth)
      .send({ roles: ['editor'], message: 'Bonjour' })
      .expect(201);
  }
  await settled(app);
  const subjects = async () => (await messagesOf(app, instructor)).map(({ subject }) => subject);
  expect((await subjects()).sort()).toEqual([expect.stringContaining('Ali Autre'), expect.stringContaining('Zoé Petit')]);
  await erase(zoe);
  expect(await retain(app, ERASED_AT)).toEqual({ ...NOTHING, forgotten: 2 });
  const messages = await messagesOf(app, instructor);
  expect(messages.map(({ subject }) => subject)).toEqual([expect.stringContaining('Ali Autre'), null]);
  expect(messages[1]).toMatchObject({ label: 'Demande de rattachement à une organisation', blankedAt: expect.stringMatching(/Z$/) });
  expect(JSON.stringify(await app.query('SELECT subject, summary FROM inbox_messages'))).not.toContain('Zoé');
  expect(JSON.stringify(await app.query('SELECT subject FROM deliveries'))).not.toContain('Zoé');
});

test('the beginning of what they wrote in a dossier goes from inboxes, mailed or not; the thread keeps it', async () => {
  await member(zoe);
  await app.http
    .put('/v1/me/notification-preferences')
    .set(instructor.auth)
    .set('If-Match', '"0"')
    .send({ kinds: [{ kind: 'dossier-message', mail: 'off' }] })
    .expect(200);
  await aMessage(app, zoe, dossier.id, 'Je pars vivre à Brest.');
  await aMessage(app, dossier.editor, dossier.id, 'Merci à tous.');
  await settled(app);
  expect(await app.query('SELECT 1 FROM deliveries WHERE user_id = $1', [instructor.id])).toEqual([]);
  await erase(zoe);
  await retain(app, ERASED_AT);
  expect((await messagesOf(app, instructor)).map(({ summary }) => summary)).toEqual(['Merci à tous.', null]);
  const { body } = await app.http.get(`/v1/dossiers/${dossier.id}/messages`).set(await signedInNow(app, instructor));
  expect(JSON.stringify(body)).toContain('Je pars vivre à Brest.');
  expect(JSON.stringify(body)).not.toContain('Zoé');
});

test('the subject of an invitation forgets who sent it, and only that one', async () => {
  const grants = [{ role: 'instructor', scope: { kind: 'commune', code: '94041' } }];
  const host = await aPerson(app, { name: 'Hélène Hôte', grants: [GRANTS.administrator()] });
  for (const [by, email] of [
    [host, 'une@exemple.test'],
    [administrator, 'autre@exemple.test'],
  ] as const) {
    await app.http.post('/v1/users').set(by.auth).send({ email, name: 'Une Invitée', grants }).expect(201);
  }
  await settled(app);
  await erase(host);
  expect(await retain(app, ERASED_AT)).toEqual({ ...NOTHING, forgotten: 1 });
  const rows = await app.query(`SELECT subject FROM deliveries WHERE kind = 'invitation' ORDER BY id`);
  expect(rows).toEqual([{ subject: null }, { subject: expect.stringContaining('vous invite') }]);
});

test('mail that still waits for them is not touched: it is cancelled when its turn comes', async () => {
  await app.query(
    `INSERT INTO deliveries (id, event_id, user_id, kind, object_type, object_id, refs, created_at, due_at, cadence)
     VALUES (gen_random_uuid(), gen_random_uuid(), $1, 'results', 'call', gen_random_uuid(), '{}', '2027-01-10', '2100-01-01', 'weekly')`,
    [zoe.id],
  );
  await erase(zoe);
  expect(await retain(app, ERASED_AT)).toEqual(NOTHING);
  expect(await app.query('SELECT state, blanked_at FROM deliveries WHERE user_id = $1', [zoe.id])).toEqual([
    { state: 'queued', blanked_at: null },
  ]);
});
