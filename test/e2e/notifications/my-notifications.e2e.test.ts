import { anOrganisation } from '../../builders/organisations.js';
import { aPerson } from '../../builders/people.js';
import { aCallRow, aDossierRow, aTokenRow } from '../../builders/rows.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { settled, tell } from './mail-room.js';

interface Listed {
  readonly data: readonly { readonly id: string; readonly kind: string; readonly subject: string | null; readonly state: string }[];
  readonly page: { readonly nextCursor: string | null; readonly total?: number };
}

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ works: true });
});
afterAll(() => app.close());

test('lists what was sent to me, newest first, and nothing of the others', async () => {
  const [editor, stranger] = [await aPerson(app), await aPerson(app)];
  const organisation = await anOrganisation(app, { members: [{ person: editor }] });
  const callId = await aCallRow(app);
  const dossier = await aDossierRow(app, { callId, organisationId: organisation.id }, { state: 'admissible', submittedBy: editor.id });
  await tell(app, 'account.password-reset-asked.v1', { userId: editor.id, tokenId: await aTokenRow(app, editor.id, 'reset-password') });
  await settled(app);
  await tell(app, 'dossier.submitted.v1', { dossierId: dossier.id });
  await settled(app);
  await tell(app, 'dossier.admissibility-decided.v1', { dossierId: dossier.id });
  await settled(app);

  const { body } = await app.http.get('/v1/me/notifications?count=true').set(editor.auth).expect(200);
  const { data, page } = body as Listed;
  expect(data.map(({ kind }) => kind)).toEqual(['admissible', 'receipt', 'password-reset']);
  expect(data[1]).toEqual({
    id: expect.any(String),
    kind: 'receipt',
    label: 'Récépissé de dépôt',
    blankedAt: null,
    subject: expect.stringContaining(dossier.number),
    state: 'sent',
    object: { type: 'dossier', id: dossier.id },
    organisationId: organisation.id,
    createdAt: expect.stringMatching(/Z$/),
    sentAt: expect.stringMatching(/Z$/),
    summary: expect.stringContaining('Votre dossier est déposé'),
    readAt: null,
    channels: ['inbox', 'mail'],
  });
  expect(data[2]).toMatchObject({ object: { type: 'user', id: editor.id }, organisationId: null });
  expect(page).toMatchObject({ nextCursor: null, total: 3 });

  const others = await app.http.get('/v1/me/notifications').set(stranger.auth).expect(200);
  expect((others.body as Listed).data).toEqual([]);

  const first = (await app.http.get('/v1/me/notifications?limit=2').set(editor.auth).expect(200)).body as Listed;
  const cursor = encodeURIComponent(first.page.nextCursor ?? '');
  const second = (await app.http.get(`/v1/me/notifications?limit=2&cursor=${cursor}`).set(editor.auth).expect(200)).body as Listed;
  expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(data.map(({ id }) => id));
});

test('a message that waits is listed as such, without a subject yet', async () => {
  const person = await aPerson(app);
  await app.query(
    `INSERT INTO deliveries (id, event_id, user_id, kind, object_type, object_id, refs, created_at)
     VALUES (gen_random_uuid(), gen_random_uuid(), $1, 'results', 'call', gen_random_uuid(), '{}', now())`,
    [person.id],
  );
  const { body } = await app.http.get('/v1/me/notifications').set(person.auth).expect(200);
  expect((body as Listed).data).toMatchObject([{ kind: 'results', subject: null, state: 'queued', sentAt: null }]);
});

test('asks who one is, and refuses what it does not know', async () => {
  const { body } = await app.http.get('/v1/me/notifications').expect(401);
  expect(body).toMatchObject({ code: 'UNAUTHENTICATED' });
  const person = await aPerson(app);
  const refused = await app.http.get('/v1/me/notifications?userId=1').set(person.auth).expect(400);
  expect(refused.body).toMatchObject({ code: 'VALIDATION_FAILED' });
});
