import { aDossier, anAttestedDossier, aSubmittedDossier, actOn, DECLARATIONS, type DossierFixture } from '../../builders/dossiers.js';
import type { Person } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { auditedActs, etag, storedDossier, toldOf } from './records.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const act = (name: string, dossier: DossierFixture, by: Person, body: object = {}) =>
  app.http
    .post(`/v1/dossiers/${dossier.id}/${name}`)
    .set({ ...by.auth, ...etag(dossier.version) })
    .send(body);

test('an editor asks for the attestation: the signatories are told, an edit takes it back', async () => {
  const dossier = await aDossier(app);
  const asked = await actOn(app, dossier, 'request-attestation', dossier.editor);
  expect(asked).toMatchObject({ status: 'awaiting-attestation', version: dossier.version + 1 });
  expect(await toldOf(app, dossier.id)).toEqual(['dossier.attestation-requested.v1']);
  expect((await act('request-attestation', asked, dossier.editor)).body.code).toBe('ACT_NOT_ALLOWED');
  const edited = await app.http
    .patch(`/v1/dossiers/${dossier.id}`)
    .set({ ...dossier.editor.auth, ...etag(asked.version) })
    .send({ title: 'Repris' })
    .expect(200);
  expect(edited.body.status).toBe('draft');
  const acts = await auditedActs(app, dossier.id);
  expect(acts.slice(0, 2)).toEqual(['dossier.created', 'dossier.attestation-requested']);
  // Both of one transaction and one instant: nothing orders them.
  expect(acts.slice(2).sort()).toEqual(['dossier.attestation-voided', 'dossier.edited']);
});

test('the attestation binds a hash of the content, and keeps it word for word', async () => {
  const dossier = await anAttestedDossier(app);
  const [snapshot] = await app.query<{ hash: string; content: { number: string; actions: { title: string; budgets: object[] }[] } }>(
    `SELECT encode(content_hash, 'hex') AS hash, content FROM dossier_snapshots WHERE dossier_id = $1`,
    [dossier.id],
  );
  expect(snapshot?.content).toMatchObject({
    number: dossier.number,
    actions: [
      { title: 'Ateliers de pratique du français', budgets: [{ year: dossier.year, charges: [{ account: '60', amountCents: '625000' }] }] },
    ],
  });
  const { attested_hash } = await storedDossier(app, dossier.id);
  expect(snapshot?.hash).toBe(attested_hash!.toString('hex'));
  const detail = await app.http.get(`/v1/dossiers/${dossier.id}`).set(dossier.editor.auth);
  expect(detail.body).toMatchObject({
    attestation: { declarations: DECLARATIONS },
    attestedBy: { name: 'Signataire Test', verified: true },
  });
});

test('the same content attested again has the same hash, another has not', async () => {
  const dossier = await anAttestedDossier(app);
  const first = (await storedDossier(app, dossier.id)).attested_hash!.toString('hex');
  const again = await actOn(app, dossier, 'attest', dossier.signatory, DECLARATIONS);
  expect((await storedDossier(app, dossier.id)).attested_hash!.toString('hex')).toBe(first);
  const edited = await app.http
    .patch(`/v1/actions/${dossier.actionId}`)
    .set({ ...dossier.editor.auth, ...etag(1) })
    .send({ description: 'Trois ateliers par semaine' })
    .expect(200);
  expect((await storedDossier(app, dossier.id)).attested_hash).toBeNull();
  await actOn(app, { ...again, version: edited.body.dossierVersion }, 'attest', dossier.signatory, DECLARATIONS);
  expect((await storedDossier(app, dossier.id)).attested_hash!.toString('hex')).not.toBe(first);
});

test('a change that changes nothing leaves versions, attestation and audit as they are', async () => {
  const dossier = await anAttestedDossier(app);
  const { auth } = dossier.editor;
  const { body: action } = await app.http.get(`/v1/actions/${dossier.actionId}`).set(auth).expect(200);
  const audited = [await auditedActs(app, dossier.id), await auditedActs(app, dossier.actionId)];
  const stored = await storedDossier(app, dossier.id);
  const {
    id: _id,
    dossierId: _dossier,
    version: _version,
    dossierVersion: _dossierVersion,
    budgets: _budgets,
    ...said
  } = action as Record<string, unknown>;
  for (const body of [{}, { title: 'Apprendre ensemble' }, { title: 'Apprendre ensemble', trackCode: 'annual' }]) {
    const answer = await app.http
      .patch(`/v1/dossiers/${dossier.id}`)
      .set({ ...auth, ...etag(dossier.version) })
      .send(body);
    expect([answer.status, answer.headers['etag']]).toEqual([200, `"${dossier.version}"`]);
    expect(answer.body).toMatchObject({ version: dossier.version, attestation: { declarations: DECLARATIONS } });
  }
  for (const body of [{}, { qpv: ['monmousseau'] }, said]) {
    const answer = await app.http
      .patch(`/v1/actions/${dossier.actionId}`)
      .set({ ...auth, ...etag(1) })
      .send(body);
    expect([answer.status, answer.body]).toEqual([200, action]);
  }
  expect(await storedDossier(app, dossier.id)).toEqual(stored);
  expect(stored.attested_hash).not.toBeNull();
  expect([await auditedActs(app, dossier.id), await auditedActs(app, dossier.actionId)]).toEqual(audited);
  const stale = await app.http
    .patch(`/v1/dossiers/${dossier.id}`)
    .set({ ...auth, ...etag(1) })
    .send({});
  expect([stale.status, stale.body.code]).toEqual([412, 'STALE_VERSION']);
});

test.each([
  ['nothing', {}, ['/exactness', '/upToDate', '/republicanCommitment', '/bankDetailsInItsName', '/publicAidOver500k']],
  ['a declaration that is false', { ...DECLARATIONS, upToDate: false }, ['/upToDate']],
  ['no word on public aid', { ...DECLARATIONS, publicAidOver500k: undefined }, ['/publicAidOver500k']],
])('%s does not attest', async (_what, body, pointers) => {
  const dossier = await aDossier(app);
  const answer = await act('attest', dossier, dossier.signatory, body);
  expect([answer.status, answer.body.code]).toEqual([422, 'ATTESTATION_INCOMPLETE']);
  expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
  expect(await storedDossier(app, dossier.id)).toMatchObject({ attested_hash: null, version: dossier.version });
});

test('an incomplete dossier is neither handed over nor attested', async () => {
  const dossier = await aDossier(app, { action: { objectiveCodes: [], description: '' } });
  for (const [name, by, body] of [
    ['request-attestation', dossier.editor, {}],
    ['attest', dossier.signatory, DECLARATIONS],
    ['submit', dossier.signatory, DECLARATIONS],
  ] as const) {
    const answer = await act(name, dossier, by, body);
    expect([answer.status, answer.body.code]).toEqual([409, 'DOSSIER_INCOMPLETE']);
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/actions/0/description',
      '/actions/0/objectiveCodes',
    ]);
  }
});

test('an editor does not attest', async () => {
  const dossier = await aDossier(app);
  const { status, body } = await act('attest', dossier, dossier.editor, DECLARATIONS);
  expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
});

test('a signatory not seen on evidence attests all the same, and it is said', async () => {
  const dossier = await anAttestedDossier(app);
  await app.query(
    `UPDATE memberships SET signatory_verified_at = NULL, signatory_verified_by = NULL, signatory_evidence = NULL WHERE user_id = $1`,
    [dossier.signatory.id],
  );
  const { body } = await app.http.get(`/v1/dossiers/${dossier.id}`).set(dossier.editor.auth);
  expect(body.attestedBy).toEqual({ name: 'Signataire Test', verified: false });
});

test('a submitted dossier is not attested again; one to complete is', async () => {
  const dossier = await aSubmittedDossier(app);
  expect((await act('attest', dossier, dossier.signatory, DECLARATIONS)).body.code).toBe('ACT_NOT_ALLOWED');
  await app.query(`UPDATE dossiers SET state = 'to-complete' WHERE id = $1`, [dossier.id]);
  expect(await actOn(app, dossier, 'attest', dossier.signatory, DECLARATIONS)).toMatchObject({ status: 'to-complete' });
  const causes = await app.query('SELECT cause FROM dossier_snapshots WHERE dossier_id = $1 ORDER BY version', [dossier.id]);
  expect(causes).toEqual([{ cause: 'attested-for-submission' }, { cause: 'attested-for-complement' }]);
});
