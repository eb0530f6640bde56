import { aDossier, anApplicant, aSubmittedDossier, type DossierFixture } from '../../builders/dossiers.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const receipt = (dossier: DossierFixture, by: Person = dossier.editor) =>
  app.http
    .get(`/v1/dossiers/${dossier.id}/receipt`)
    .set(by.auth)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });

test('is a tagged PDF, the same each time, whatever happens to the dossier afterwards', async () => {
  const dossier = await aSubmittedDossier(app);
  const first = await receipt(dossier).expect(200);
  expect(first.headers['content-type']).toBe('application/pdf');
  expect(first.headers['content-disposition']).toMatch(/^attachment; filename="recepisse-R-\d{4}-\d{6}\.pdf"$/);
  const pdf = first.body as Buffer;
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.includes('/StructTreeRoot')).toBe(true);
  await app.query(`UPDATE dossiers SET title = 'Autre titre', implicit_rejection_on = '2030-01-01', version = version + 1 WHERE id = $1`, [
    dossier.id,
  ]);
  const second = (await receipt(dossier, dossier.signatory)).body as Buffer;
  expect(second.equals(pdf)).toBe(true);
});

test('there is none before the submission', async () => {
  const dossier = await aDossier(app);
  const { status, body } = await receipt(dossier);
  expect([status, JSON.parse((body as Buffer).toString()).code]).toEqual([409, 'NOT_SUBMITTED']);
});

test('those who see the dossier read it, nobody else', async () => {
  const dossier = await aSubmittedDossier(app);
  const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  expect((await receipt(dossier, instructor)).status).toBe(200);
  expect((await receipt(dossier, (await anApplicant(app)).editor)).status).toBe(404);
});
