import { answerComplement, askComplement, standingOf } from '../../builders/complements.js';
import { actOn, aSubmittedDossier, DECLARATIONS, type DossierFixture } from '../../builders/dossiers.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf, toldOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let dossier: DossierFixture;
let instructor: Person;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  app.clock.freeze('2026-10-05T09:00:00Z');
  dossier = await aSubmittedDossier(app);
  instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
});
afterAll(() => app.close());

/** The people of a moment: access tokens last 15 minutes of the application's clock. */
async function anEditorAt(instant: string): Promise<Person> {
  app.clock.freeze(instant);
  const editor = await aPerson(app, { name: 'Élodie Éditrice' });
  await app.query(
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'active', true)`,
    [dossier.organisationId, editor.id],
  );
  return editor;
}

test('hands the dossier back, counts the suspended days only, is recorded and told', async () => {
  const { body: request } = await askComplement(app, instructor, dossier.id, '2026-10-30');
  expect(await standingOf(app, dossier.id)).toMatchObject({ rejectionOn: '2026-12-30' });
  const editor = await anEditorAt('2026-10-12T09:00:00Z');
  const answer = await answerComplement(app, editor, dossier.id);
  expect(answer.status).toBe(200);
  expect(answer.headers['etag']).toBe(`"${dossier.version + 2}"`);
  expect(answer.body).toMatchObject({
    id: dossier.id,
    number: dossier.number,
    status: 'submitted',
    version: dossier.version + 2,
    // Two months from 5 October, and the 7 days that the answer took.
    implicitRejectionOn: '2026-12-12',
    complementRequest: {
      id: request.id,
      status: 'answered',
      answer: 'Voici le détail des salaires.',
      answeredBy: 'Élodie Éditrice',
      answeredAt: '2026-10-12T09:00:00.000Z',
    },
  });
  expect(await standingOf(app, dossier.id)).toMatchObject({ state: 'submitted', version: dossier.version + 2, rejectionOn: '2026-12-12' });
  expect((await auditOf(app, dossier.id)).at(-1)).toMatchObject({
    act: 'complement.answered',
    actorId: editor.id,
    before: { state: 'to-complete', version: dossier.version + 1, implicitRejectionOn: '2026-12-30' },
    after: { state: 'submitted', version: dossier.version + 2, implicitRejectionOn: '2026-12-12', complementRequestId: request.id },
  });
  const payload = { dossierId: dossier.id, complementRequestId: request.id };
  expect(await toldOf(app, dossier.id)).toEqual([
    { type: 'complement.requested.v1', payload },
    { type: 'complement.answered.v1', payload },
  ]);
  const again = await answerComplement(app, editor, dossier.id);
  expect([again.status, again.body.code]).toEqual([409, 'NO_COMPLEMENT_EXPECTED']);
});

test('asks for the version, and for the current one', async () => {
  await askComplement(app, instructor, dossier.id, '2026-10-30');
  const without = await app.http.post(`/v1/dossiers/${dossier.id}/complements`).set(dossier.editor.auth).send({ answer: 'Voici.' });
  expect([without.status, without.body.code]).toEqual([428, 'VERSION_REQUIRED']);
  const stale = await answerComplement(app, dossier.editor, dossier.id, dossier.version);
  expect([stale.status, stale.body.code, stale.body.currentVersion]).toEqual([412, 'STALE_VERSION', dossier.version + 1]);
  expect(await standingOf(app, dossier.id)).toMatchObject({ state: 'to-complete', version: dossier.version + 1 });
});

test('a content that changed must be attested again', async () => {
  await askComplement(app, instructor, dossier.id, '2026-10-30');
  const { body: action } = await app.http.get(`/v1/actions/${dossier.actionId}`).set(dossier.editor.auth).expect(200);
  await app.http
    .patch(`/v1/actions/${dossier.actionId}`)
    .set(dossier.editor.auth)
    .set('If-Match', `"${action.version}"`)
    .send({ description: 'Trois ateliers par semaine' })
    .expect(200);
  const refused = await answerComplement(app, dossier.editor, dossier.id);
  expect([refused.status, refused.body.code]).toEqual([409, 'NOT_ATTESTED']);
  const { state, version } = await standingOf(app, dossier.id);
  expect(state).toBe('to-complete');
  expect((await toldOf(app, dossier.id)).map(({ type }) => type)).toEqual(['complement.requested.v1']);
  await actOn(app, { ...dossier, version }, 'attest', dossier.signatory, DECLARATIONS);
  expect((await answerComplement(app, dossier.editor, dossier.id)).status).toBe(200);
});

// Both due days are days on which clocks change: one lasts 25 hours, the other 23. Nobody has lapsed the request yet: the receipt decides.
test.each([
  ['2026-10-05T09:00:00Z', '2026-10-25', '2026-10-25T22:59:59.999Z', 200],
  ['2026-10-05T09:00:00Z', '2026-10-25', '2026-10-25T23:00:00.000Z', 409],
  ['2027-03-01T09:00:00Z', '2027-03-28', '2027-03-28T21:59:59.999Z', 200],
  ['2027-03-01T09:00:00Z', '2027-03-28', '2027-03-28T22:00:00.000Z', 409],
])('asked at %s for %s and received at %s, it is %i', async (askedAt, dueOn, receivedAt, status) => {
  app.clock.freeze(askedAt);
  instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  await askComplement(app, instructor, dossier.id, dueOn);
  const answer = await answerComplement(app, await anEditorAt(receivedAt), dossier.id);
  expect(answer.status).toBe(status);
  if (status === 409) expect(answer.body.code).toBe('COMPLEMENT_TOO_LATE');
  expect((await standingOf(app, dossier.id)).state).toBe(status === 200 ? 'submitted' : 'to-complete');
});

test('only editors and signatories of the organisation answer', async () => {
  await askComplement(app, instructor, dossier.id, '2026-10-30');
  expect((await answerComplement(app, instructor, dossier.id)).body.code).toBe('FORBIDDEN');
  expect((await answerComplement(app, await aPerson(app), dossier.id)).status).toBe(404);
  const other = await aSubmittedDossier(app);
  expect((await answerComplement(app, other.editor, dossier.id)).status).toBe(404);
  expect((await answerComplement(app, dossier.signatory, dossier.id)).status).toBe(200);
});

test('a dossier withdrawn meanwhile expects nothing', async () => {
  const { body: request } = await askComplement(app, instructor, dossier.id, '2026-10-30');
  await actOn(app, { ...dossier, version: dossier.version + 1 }, 'withdraw', dossier.signatory, { reason: 'Plus de salle.' });
  const answer = await answerComplement(app, dossier.editor, dossier.id);
  expect([answer.status, answer.body.code]).toEqual([409, 'ACT_NOT_ALLOWED']);
  const { body } = await app.http.get(`/v1/complement-requests/${request.id}`).set(dossier.editor.auth).expect(200);
  expect(body.status).toBe('dropped');
});
