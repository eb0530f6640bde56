import { aDossier, anApplicant, aSubmittedDossier, type DossierFixture } from '../../builders/dossiers.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { auditedActs, etag, storedDossier, toldOf } from './records.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const withdraw = (dossier: DossierFixture, by: Person = dossier.editor, body: object = { reason: 'Le projet est abandonné' }) =>
  app.http
    .post(`/v1/dossiers/${dossier.id}/withdraw`)
    .set({ ...by.auth, ...etag(dossier.version) })
    .send(body);

const lineStates = (dossier: DossierFixture) => app.query('SELECT state FROM funding_lines WHERE dossier_id = $1', [dossier.id]);

test('a submitted dossier is withdrawn with its lines, and those who instruct are told', async () => {
  const dossier = await aSubmittedDossier(app);
  const { body } = await withdraw(dossier, dossier.signatory).expect(200);
  expect(body).toMatchObject({ status: 'withdrawn', withdrawalReason: 'Le projet est abandonné', version: dossier.version + 1 });
  expect(await lineStates(dossier)).toEqual([{ state: 'withdrawn' }]);
  expect(await auditedActs(app, dossier.id)).toContain('dossier.withdrawn');
  expect(await toldOf(app, dossier.id)).toEqual(['dossier.submitted.v1', 'dossier.withdrawn.v1']);
  const again = await withdraw({ ...dossier, version: dossier.version + 1 }, dossier.signatory);
  expect([again.status, again.body.code]).toEqual([409, 'ACT_NOT_ALLOWED']);
});

test('of a draft nobody else ever knew', async () => {
  const dossier = await aDossier(app);
  await withdraw(dossier).expect(200);
  expect(await toldOf(app, dossier.id)).toEqual([]);
  const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  expect((await app.http.get(`/v1/dossiers/${dossier.id}`).set(instructor.auth)).status).toBe(404);
  expect((await app.http.get(`/v1/dossiers/${dossier.id}`).set(dossier.editor.auth)).status).toBe(200);
});

test('a reason is due', async () => {
  const dossier = await aDossier(app);
  for (const body of [{}, { reason: '  ' }, { reason: 'a\u0000' }])
    expect((await withdraw(dossier, dossier.editor, body)).body.code).toBe('VALIDATION_FAILED');
  expect(await storedDossier(app, dossier.id)).toMatchObject({ state: 'draft', version: dossier.version });
});

test('a draft may go by the hand of who writes it or of who signs it', async () => {
  for (const by of ['editor', 'signatory'] as const) {
    const dossier = await aDossier(app);
    expect((await withdraw(dossier, dossier[by])).body).toMatchObject({ status: 'withdrawn' });
  }
});

test('what was submitted is taken back by a signatory only', async () => {
  const dossier = await aSubmittedDossier(app);
  const refused = await withdraw(dossier, dossier.editor);
  expect([refused.status, refused.body.code]).toEqual([403, 'FORBIDDEN']);
  expect(await storedDossier(app, dossier.id)).toMatchObject({ state: 'submitted', version: dossier.version });
  expect(await lineStates(dossier)).toEqual([{ state: 'requested' }]);
  expect((await withdraw(dossier, dossier.signatory)).status).toBe(200);
});

test('who may: its organisation', async () => {
  const dossier = await aSubmittedDossier(app);
  const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  const other = await anApplicant(app);
  expect((await withdraw(dossier, instructor)).body.code).toBe('FORBIDDEN');
  expect((await withdraw(dossier, other.editor)).body.code).toBe('NOT_FOUND');
});
