import { askComplement, standingOf } from '../../builders/complements.js';
import { aSubmittedDossier, type DossierFixture } from '../../builders/dossiers.js';
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
  dossier = await aSubmittedDossier(app, {
    funders: [
      { code: 'P147-94', cents: 500_000 },
      { code: 'CAF94', cents: 200_000 },
    ],
  });
  instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
});
afterAll(() => app.close());

const decide = (by: Person, body: object, version = dossier.version) =>
  app.http.post(`/v1/dossiers/${dossier.id}/admissibility`).set(by.auth).set('If-Match', `"${version}"`).send(body);
const lines = () =>
  app.query<{ state: string; version: number; reason: string | null }>(
    'SELECT state, version, decision_reason AS reason FROM funding_lines WHERE dossier_id = $1 ORDER BY id',
    [dossier.id],
  );

test('admissible: open to proposals, recorded and told; its lines do not move', async () => {
  const answer = await decide(instructor, { admissible: true });
  expect([answer.status, answer.headers['etag']]).toEqual([200, `"${dossier.version + 1}"`]);
  expect(answer.body).toEqual({
    ...{ id: dossier.id, number: dossier.number, status: 'admissible', version: dossier.version + 1 },
    ...{ implicitRejectionOn: '2027-01-03', admissibility: { admissible: true, reason: null, decidedAt: expect.any(String) } },
  });
  const [stored] = await app.query(
    'SELECT state, version, admissibility_by AS by, admissibility_at IS NOT NULL AS stamped FROM dossiers WHERE id = $1',
    [dossier.id],
  );
  expect(stored).toEqual({ state: 'admissible', version: dossier.version + 1, by: instructor.id, stamped: true });
  expect(await auditOf(app, dossier.id)).toMatchObject([
    {
      act: 'dossier.admissibility-decided',
      actorId: instructor.id,
      before: { state: 'submitted', version: dossier.version },
      after: { state: 'admissible', version: dossier.version + 1, linesSetAside: [] },
    },
  ]);
  expect(await toldOf(app, dossier.id)).toEqual([{ type: 'dossier.admissibility-decided.v1', payload: { dossierId: dossier.id } }]);
  expect(await lines()).toEqual([
    { state: 'requested', version: 1, reason: null },
    { state: 'requested', version: 1, reason: null },
  ]);
});

test('inadmissible: with its reason, and its lines are set aside', async () => {
  const answer = await decide(instructor, { admissible: false, reason: ' Hors du territoire du contrat. ' });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    status: 'inadmissible',
    version: dossier.version + 1,
    admissibility: { admissible: false, reason: 'Hors du territoire du contrat.' },
  });
  const setAside = { state: 'set-aside', version: 2, reason: 'Hors du territoire du contrat.' };
  expect(await lines()).toEqual([setAside, setAside]);
  const [trace] = await auditOf(app, dossier.id);
  expect(trace!.after).toMatchObject({ state: 'inadmissible', admissibilityReason: 'Hors du territoire du contrat.' });
  expect([...(trace!.after!['linesSetAside'] as string[])].sort()).toEqual(dossier.lines.map(({ id }) => id).sort());
  expect(await toldOf(app, dossier.id)).toHaveLength(1);
});

test.each([{}, { reason: null }, { reason: undefined }])(
  'inadmissible without a reason (%j) is 422, and nothing is written',
  async (body) => {
    const answer = await decide(instructor, { admissible: false, ...body });
    expect([answer.status, answer.body.code, answer.body.errors[0].pointer]).toEqual([422, 'REASON_REQUIRED', '/reason']);
    expect(await standingOf(app, dossier.id)).toMatchObject({ state: 'submitted', version: dossier.version });
    expect(await auditOf(app, dossier.id)).toEqual([]);
  },
);

test.each([{}, { admissible: 'yes' }, { admissible: true, amountCents: 1 }])('%j is 400', async (body) => {
  expect((await decide(instructor, body)).body.code).toBe('VALIDATION_FAILED');
});

test('asks for the version, and for the current one', async () => {
  const without = await app.http.post(`/v1/dossiers/${dossier.id}/admissibility`).set(instructor.auth).send({ admissible: true });
  expect([without.status, without.body.code]).toEqual([428, 'VERSION_REQUIRED']);
  const stale = await decide(instructor, { admissible: true }, dossier.version + 7);
  expect([stale.status, stale.body.code, stale.body.currentVersion]).toEqual([412, 'STALE_VERSION', dossier.version]);
});

test('two that decide at once: one does', async () => {
  const both = await Promise.all([decide(instructor, { admissible: true }), decide(instructor, { admissible: false, reason: 'Non.' })]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  expect(await toldOf(app, dossier.id)).toHaveLength(1);
});

test('not while a complement is awaited', async () => {
  await askComplement(app, instructor, dossier.id, '2026-11-20');
  const answer = await decide(instructor, { admissible: true }, dossier.version + 1);
  expect([answer.status, answer.body.code]).toEqual([409, 'ACT_NOT_ALLOWED']);
});

test('is decided once', async () => {
  await decide(instructor, { admissible: true }).expect(200);
  const again = await decide(instructor, { admissible: false, reason: 'Non.' }, dossier.version + 1);
  expect([again.status, again.body.code]).toEqual([409, 'ACT_NOT_ALLOWED']);
});

test('a complement that lapsed after an edit leaves a content nobody attests: it can be found inadmissible only', async () => {
  await app.query('UPDATE dossiers SET attested_hash = NULL, attested_by = NULL WHERE id = $1', [dossier.id]);
  const answer = await decide(instructor, { admissible: true });
  expect([answer.status, answer.body.code]).toEqual([409, 'NOT_ATTESTED']);
  await decide(instructor, { admissible: false, reason: 'Modifié sans attestation.' }).expect(200);
});

test.each([
  ['the instructor of another commune', [GRANTS.instructorOf('94081')], 404],
  ['the delegate', [GRANTS.delegateOfSector('NE')], 403],
  ['the prefecture', [GRANTS.prefectureOf('94')], 403],
  ['a funder', [GRANTS.partnerOf('CAF94')], 403],
  ['the coordination', [GRANTS.coordinator()], 403],
  ['a stranger', [], 404],
])('not %s', async (_who, grants, status) => {
  const answer = await decide(await aPerson(app, { grants }), { admissible: true });
  expect(answer.status).toBe(status);
  expect(await standingOf(app, dossier.id)).toMatchObject({ state: 'submitted', version: dossier.version });
});

test('not the organisation, even when one of its members instructs', async () => {
  expect((await decide(dossier.signatory, { admissible: true })).body.code).toBe('FORBIDDEN');
  await app.query(
    `INSERT INTO grants (id, user_id, role, scope_kind, scope_code) VALUES (gen_random_uuid(), $1, 'instructor', 'commune', '94041')`,
    [dossier.signatory.id],
  );
  expect((await decide(dossier.signatory, { admissible: true })).body.code).toBe('RECUSED');
  await app.query(`INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Ma sœur préside')`, [
    instructor.id,
    dossier.organisationId,
  ]);
  expect((await decide(instructor, { admissible: true })).body.code).toBe('RECUSED');
});
