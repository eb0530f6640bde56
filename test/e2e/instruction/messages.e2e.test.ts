import { standingOf } from '../../builders/complements.js';
import { actOn, aDossier, aSubmittedDossier, type DossierFixture } from '../../builders/dossiers.js';
import { aMessage, postMessage } from '../../builders/messages.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf, toldOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let dossier: DossierFixture;
let instructor: Person;

beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-11-03T09:00:00Z');
});
beforeEach(async () => {
  dossier = await aSubmittedDossier(app);
  instructor = await aPerson(app, { name: 'Inès Instructrice', grants: [GRANTS.instructorOf('94041')] });
});
afterAll(() => app.close());

const thread = async (by: Person, query = '', id = dossier.id) => {
  const { status, body } = await app.http.get(`/v1/dossiers/${id}/messages${query}`).set(by.auth);
  return { status, ...(body as { data: { id: string; text: string }[]; page: { nextCursor: string | null; total?: number } }) };
};
const textsReadBy = async (by: Person): Promise<string[]> => (await thread(by)).data.map(({ text }) => text);

test('a message is kept as it was written, recorded without its words, told, and moves nothing of the dossier', async () => {
  const before = await standingOf(app, dossier.id);
  const answer = await postMessage(app, dossier.editor, dossier.id, { text: '  Le local ouvre le mercredi.\nDès 14 h.  ' });
  expect([answer.status, answer.body]).toEqual([
    201,
    {
      id: expect.any(String),
      dossierId: dossier.id,
      author: { name: 'Éditrice Test', side: 'organisation' },
      at: expect.stringMatching(/^2026-11-03T09:/),
      text: 'Le local ouvre le mercredi.\nDès 14 h.',
      visibility: 'all',
    },
  ]);
  const { id: messageId } = answer.body as { id: string };
  expect(answer.headers['location']).toBe(`/v1/messages/${messageId}`);
  const { body: read } = await app.http.get(`/v1/messages/${messageId}`).set(instructor.auth).expect(200);
  expect(read).toEqual(answer.body);
  expect(await standingOf(app, dossier.id)).toEqual(before);
  expect(await auditOf(app, dossier.id)).toEqual([
    {
      ...{ act: 'dossier.message-posted', actorId: dossier.editor.id, actorKind: 'user', before: null },
      after: { messageId, side: 'organisation', visibility: 'all' },
    },
  ]);
  expect(await toldOf(app, dossier.id)).toEqual([{ type: 'dossier.message-posted.v1', payload: { dossierId: dossier.id, messageId } }]);
});

test('the thread reads from the first message to the last, page by page', async () => {
  await aMessage(app, dossier.editor, dossier.id, 'un');
  await aMessage(app, instructor, dossier.id, 'deux');
  await aMessage(app, dossier.signatory, dossier.id, 'trois');
  const first = await thread(dossier.editor, '?limit=2&count=true');
  expect([first.data.map(({ text }) => text), first.page.total]).toEqual([['un', 'deux'], 3]);
  const next = await thread(dossier.editor, `?limit=2&count=true&cursor=${encodeURIComponent(first.page.nextCursor ?? '')}`);
  expect([next.data.map(({ text }) => text), next.page.nextCursor]).toEqual([['trois'], null]);
});

test('an internal note is for those who instruct: the organisation neither reads it, nor counts it, nor writes one', async () => {
  const noteId = await aMessage(app, instructor, dossier.id, 'Budget fragile', 'staff');
  await aMessage(app, instructor, dossier.id, 'Bonjour');
  const delegate = await aPerson(app, { grants: [GRANTS.delegateOfSector('NE')] });
  expect(await textsReadBy(delegate)).toEqual(['Budget fragile', 'Bonjour']);
  const seen = await thread(dossier.signatory, '?count=true');
  expect([seen.data.map(({ text }) => text), seen.page.total]).toEqual([['Bonjour'], 1]);
  await app.http.get(`/v1/messages/${noteId}`).set(dossier.signatory.auth).expect(404);
  const refused = await postMessage(app, dossier.editor, dossier.id, { text: 'Entre nous', visibility: 'staff' });
  expect([refused.status, refused.body.code]).toEqual([403, 'NOTE_FOR_STAFF_ONLY']);
  expect(await textsReadBy(instructor)).toEqual(['Budget fragile', 'Bonjour']);
});

test('who declared a conflict reads the thread as its applicant does, and writes nothing; who belongs to it speaks for it', async () => {
  const recused = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  const { organisationId } = dossier;
  await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Bénévole')`, [
    ...[recused.id, organisationId],
  ]);
  await aMessage(app, instructor, dossier.id, 'Note', 'staff');
  await aMessage(app, instructor, dossier.id, 'Bonjour');
  expect(await textsReadBy(recused)).toEqual(['Bonjour']);
  const refused = await postMessage(app, recused, dossier.id, { text: 'Bonjour' });
  expect([refused.status, refused.body.code]).toEqual([403, 'RECUSED']);

  const both = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  await app.query(
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'active', true)`,
    [...[organisationId, both.id]],
  );
  expect(await textsReadBy(both)).toEqual(['Bonjour']);
  const posted = await postMessage(app, both, dossier.id, { text: 'Pour l’association' });
  expect([posted.status, posted.body.author.side]).toEqual([201, 'organisation']);
  const note = await postMessage(app, both, dossier.id, { text: 'Entre nous', visibility: 'staff' });
  expect([note.status, note.body.code]).toEqual([403, 'NOTE_FOR_STAFF_ONLY']);
});

test('of a draft the administration knows nothing: its people write to nobody', async () => {
  const draft = await aDossier(app);
  const refused = await postMessage(app, draft.editor, draft.id, { text: 'Bonjour' });
  expect([refused.status, refused.body.code]).toEqual([409, 'DOSSIER_NOT_FILED']);
  expect((await thread(draft.editor, '', draft.id)).data).toEqual([]);
  expect((await postMessage(app, instructor, draft.id, { text: 'Bonjour' })).status).toBe(404);
  expect((await thread(instructor, '', draft.id)).status).toBe(404);
});

test('once the dossier is withdrawn its thread is still read, and closed', async () => {
  await aMessage(app, dossier.editor, dossier.id, 'Bonjour');
  await actOn(app, dossier, 'withdraw', dossier.signatory, { reason: 'Le lieu n’est plus disponible' });
  expect(await textsReadBy(instructor)).toEqual(['Bonjour']);
  for (const person of [dossier.editor, instructor]) {
    const refused = await postMessage(app, person, dossier.id, { text: 'Encore' });
    expect([refused.status, refused.body.code]).toEqual([409, 'THREAD_CLOSED']);
  }
  expect(await textsReadBy(dossier.editor)).toEqual(['Bonjour']);
});

test('a double click with one Idempotency-Key is one message', async () => {
  const post = () =>
    app.http.post(`/v1/dossiers/${dossier.id}/messages`).set(dossier.editor.auth).set('Idempotency-Key', 'click').send({ text: 'Un' });
  const twice = [await post(), await post()];
  expect(twice.map(({ status }) => status)).toEqual([201, 201]);
  expect(twice[1]!.body).toEqual(twice[0]!.body);
  expect(await textsReadBy(instructor)).toEqual(['Un']);
  expect(await toldOf(app, dossier.id)).toHaveLength(1);
});

test.each([
  ['nothing', {}],
  ['blanks', { text: ' \n ' }],
  ['a NUL', { text: 'a\u0000b' }],
  ['4001 characters', { text: 'a'.repeat(4001) }],
  ['another visibility', { text: 'a', visibility: 'public' }],
  ['an unknown field', { text: 'a', authorId: 'x' }],
])('%s is 400, and nothing is kept', async (_what, body) => {
  const answer = await postMessage(app, dossier.editor, dossier.id, body);
  expect([answer.status, answer.body.code]).toEqual([400, 'VALIDATION_FAILED']);
  expect(await textsReadBy(instructor)).toEqual([]);
});

test('4000 characters are a message', async () => {
  const text = 'é'.repeat(4000);
  await aMessage(app, dossier.editor, dossier.id, text);
  expect(await textsReadBy(instructor)).toEqual([text]);
});

test('what was written is neither changed nor erased, whoever holds the database, nor is a note signed by an organisation', async () => {
  const id = await aMessage(app, dossier.editor, dossier.id, 'Bonjour');
  await expect(app.query(`UPDATE dossier_messages SET text = 'Au revoir' WHERE id = $1`, [id])).rejects.toThrow();
  await expect(app.query('DELETE FROM dossier_messages WHERE id = $1', [id])).rejects.toThrow();
  await expect(
    app.query(
      `INSERT INTO dossier_messages (id, dossier_id, author_id, side, visibility, text, posted_at)
       SELECT gen_random_uuid(), dossier_id, author_id, 'organisation', 'staff', text, posted_at FROM dossier_messages WHERE id = $1`,
      [id],
    ),
  ).rejects.toThrow(/check/);
  expect(await textsReadBy(instructor)).toEqual(['Bonjour']);
});
