import { addDocument, aDocument } from '../../builders/documents.js';
import { aFiledDossier } from '../../builders/filed-dossier.js';
import { A_PDF, anUploadedFile, upload, XLSX } from '../../builders/files.js';
import { anOrganisation } from '../../builders/organisations.js';
import { aPerson, GRANTS, signedInNow, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let editor: Person;
let signatory: Person;
let administrator: Person;
let organisationId: string;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  app.clock.freeze('2026-11-03T09:00:00Z');
  editor = await aPerson(app, { name: 'Édith Éditrice' });
  signatory = await aPerson(app);
  administrator = await aPerson(app);
  ({ id: organisationId } = await anOrganisation(app, {
    members: [{ person: editor }, { person: signatory, roles: ['signatory'] }, { person: administrator, roles: ['administrator'] }],
  }));
});
afterAll(() => app.close());

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly supersededAt: string | null;
}
async function listed(query = '', by = editor): Promise<Listed[]> {
  const answer = await app.http.get(`/v1/organisations/${organisationId}/documents${query}`).set(await signedInNow(app, by));
  expect(answer.status).toBe(200);
  return (answer.body as { data: Listed[] }).data;
}

test('a document is given once, with its file and its end, and recorded; nobody is told', async () => {
  const answer = await addDocument(app, editor, organisationId, { kind: 'insurance-certificate', issuedOn: '2026-09-01' });
  expect([answer.status, answer.body]).toEqual([
    201,
    {
      ...{ id: expect.any(String), organisationId, kind: 'insurance-certificate', name: 'Document.pdf', mediaType: 'application/pdf' },
      ...{ sizeBytes: A_PDF.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), issuedOn: '2026-09-01', validUntil: '2027-09-01' },
      ...{ state: 'valid', addedBy: 'Édith Éditrice', addedAt: '2026-11-03T09:00:00.000Z', supersededAt: null },
    },
  ]);
  const { id, sha256 } = answer.body as { id: string; sha256: string };
  expect(answer.headers['location']).toBe(`/v1/documents/${id}`);
  expect((await app.http.get(`/v1/documents/${id}`).set(editor.auth)).body).toEqual(answer.body);
  const after = { documentId: id, sha256, kind: 'insurance-certificate', issuedOn: '2026-09-01', validUntil: '2027-09-01' };
  expect(await auditOf(app, organisationId)).toEqual([
    { act: 'organisation.document-added', actorId: editor.id, actorKind: 'user', before: null, after },
  ]);
  expect(await app.query('SELECT 1 FROM outbox WHERE payload::text LIKE $1', [`%${organisationId}%`])).toEqual([]);
});

test('another of its kind supersedes it, by whichever of its keepers; both are still read', async () => {
  const first = await aDocument(app, editor, organisationId);
  const other = await aDocument(app, editor, organisationId, { kind: 'accreditation', validUntil: '2026-12-03' });
  app.clock.freeze('2026-11-04T09:00:00Z');
  const second = await aDocument(app, administrator, organisationId);
  expect((await listed()).map(({ id, state, supersededAt }) => [id, state, supersededAt])).toEqual([
    [second, 'none', null],
    [other, 'expiring', null],
    [first, 'none', '2026-11-04T09:00:00.000Z'],
  ]);
  expect((await listed('?current=true')).map(({ id }) => id)).toEqual([second, other]);
  expect((await listed('?current=false')).map(({ id }) => id)).toEqual([first]);
  expect((await auditOf(app, organisationId)).at(-1)).toMatchObject({ before: { documentId: first }, after: { documentId: second } });
  app.clock.freeze('2026-12-04T09:00:00Z');
  expect((await listed('?current=true')).map(({ id, state }) => [id, state])).toEqual([
    [second, 'none'],
    [other, 'expired'],
  ]);
});

test('two that are given at once: one supersedes the other', async () => {
  const both = await Promise.all([addDocument(app, editor, organisationId), addDocument(app, administrator, organisationId)]);
  expect(both.map(({ status }) => status)).toEqual([201, 201]);
  expect(await listed('?current=true')).toHaveLength(1);
  expect(await listed()).toHaveLength(2);
});

test.each([
  [{ issuedOn: '2026-11-04' }, 'ISSUED_IN_THE_FUTURE', '/issuedOn'],
  [{ issuedOn: '2026-10-01', validUntil: '2026-09-30' }, 'VALIDITY_ENDS_BEFORE_ISSUE', '/validUntil'],
  [{ validUntil: '2026-11-02' }, 'DOCUMENT_ALREADY_EXPIRED', '/validUntil'],
  [{ kind: 'officers-list', issuedOn: '2025-11-02' }, 'DOCUMENT_ALREADY_EXPIRED', '/validUntil'],
])('%j is 422 %s, and what stands still stands', async (given, code, pointer) => {
  const standing = await aDocument(app, editor, organisationId, 'kind' in given ? { kind: given.kind } : {});
  const answer = await addDocument(app, editor, organisationId, given);
  expect([answer.status, answer.body.code, answer.body.errors[0].pointer]).toEqual([422, code, pointer]);
  expect((await listed('?current=true')).map(({ id }) => id)).toEqual([standing]);
});

test('its file is one that the giver uploaded for that, and serves once', async () => {
  const give = (by: Person, fileId: string) =>
    app.http.post(`/v1/organisations/${organisationId}/documents`).set(by.auth).send({ kind: 'statutes', fileId });
  const wrong = await give(editor, await anUploadedFile(app, editor, { purpose: 'report-attachment' }));
  expect([wrong.status, wrong.body.code]).toEqual([422, 'FILE_OF_ANOTHER_PURPOSE']);
  const fileId = await anUploadedFile(app, editor, { purpose: 'organisation-document' });
  const stolen = await give(administrator, fileId);
  expect([stolen.status, stolen.body.code]).toEqual([422, 'FILE_UNKNOWN']);
  await give(editor, fileId).expect(201);
  const again = await give(editor, fileId);
  expect([again.status, again.body.code]).toEqual([409, 'FILE_ALREADY_USED']);
  const sheet = await upload(app, editor, { purpose: 'organisation-document', type: XLSX });
  expect([sheet.status, sheet.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  expect(await listed()).toHaveLength(1);
});

test('those who read one of its dossiers read it, once it is submitted; who opens its bank details is recorded', async () => {
  const dossier = await aFiledDossier(app);
  ({ organisationId, editor } = dossier);
  const id = await aDocument(app, editor, organisationId, { kind: 'bank-details' });
  const statutes = await aDocument(app, editor, organisationId);
  const delegate = await aPerson(app, { grants: [GRANTS.delegateOfSector('NE')] });
  const elsewhere = await aPerson(app, { grants: [GRANTS.instructorOf('94003')] });
  await app.http.get(`/v1/documents/${id}`).set(elsewhere.auth).expect(404);
  await app.http.get(`/v1/documents/${statutes}/link`).set(delegate.auth).expect(200);
  const { body } = await app.http.get(`/v1/documents/${id}/link`).set(delegate.auth).expect(200);
  const { url } = body as { url: string };
  const content = await app.http.get(url.slice(url.indexOf('/v1/')));
  expect([content.status, content.headers['content-type']]).toEqual([200, 'application/pdf']);
  expect((await auditOf(app, organisationId)).filter(({ act }) => act === 'organisation.document-read')).toEqual([
    {
      ...{ act: 'organisation.document-read', actorId: delegate.id, actorKind: 'user', before: null },
      after: { documentId: id, kind: 'bank-details' },
    },
  ]);
  // A signatory reads, and does not give: the act belongs to who keeps the papers.
  expect((await addDocument(app, dossier.signatory, organisationId)).status).toBe(403);
  expect((await addDocument(app, delegate, organisationId)).status).toBe(403);
});

test('of one that submitted nothing yet, its papers are its own', async () => {
  const id = await aDocument(app, editor, organisationId);
  for (const grant of [GRANTS.instructorOf('94041'), GRANTS.coordinator(), GRANTS.auditor()]) {
    const person = await aPerson(app, { grants: [grant] });
    await app.http.get(`/v1/organisations/${organisationId}/documents`).set(person.auth).expect(404);
    await app.http.get(`/v1/documents/${id}/link`).set(person.auth).expect(404);
  }
});

test('a double click with one Idempotency-Key is one document', async () => {
  const fileId = await anUploadedFile(app, editor, { purpose: 'organisation-document' });
  const give = () =>
    app.http
      .post(`/v1/organisations/${organisationId}/documents`)
      .set(editor.auth)
      .set('Idempotency-Key', 'click')
      .send({ kind: 'statutes', fileId });
  const twice = [await give(), await give()];
  expect(twice.map(({ status }) => status)).toEqual([201, 201]);
  expect(twice[1]!.body).toEqual(twice[0]!.body);
  expect(await listed()).toHaveLength(1);
});

test('what was given is neither changed nor erased, and one of a kind stands at most, whoever holds the database', async () => {
  const id = await aDocument(app, editor, organisationId);
  await expect(app.query(`UPDATE organisation_documents SET valid_until = '2030-01-01' WHERE id = $1`, [id])).rejects.toThrow();
  await expect(app.query('DELETE FROM organisation_documents WHERE id = $1', [id])).rejects.toThrow();
  const fileId = await anUploadedFile(app, editor, { purpose: 'organisation-document' });
  await expect(
    app.query(
      `INSERT INTO organisation_documents (id, organisation_id, kind, file_id, name, sha256, added_by, added_at)
       SELECT gen_random_uuid(), organisation_id, kind, $2, name, sha256, added_by, added_at FROM organisation_documents WHERE id = $1`,
      [id, fileId],
    ),
  ).rejects.toThrow(/organisation_documents_current/);
});
