import { aPerson, GRANTS } from '../../builders/people.js';
import {
  aDossier,
  anApplicant,
  anAttestedDossier,
  anOpenCall,
  aSubmittedDossier,
  DECLARATIONS,
  type DossierFixture,
} from '../../builders/dossiers.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { auditedActs, etag, storedDossier, toldOf } from './records.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const submit = (dossier: DossierFixture, headers: Record<string, string> = {}, body: object = {}) =>
  app.http
    .post(`/v1/dossiers/${dossier.id}/submit`)
    .set({ ...dossier.signatory.auth, ...etag(dossier.version), ...headers })
    .send(body);

test('an attested dossier is submitted: numbered receipt, day of implicit rejection, audit and event', async () => {
  const dossier = await anAttestedDossier(app);
  const before = app.clock.now();
  const { status, body, headers } = await submit(dossier);
  expect(status).toBe(200);
  expect(body).toMatchObject({ id: dossier.id, status: 'submitted', statusLabel: 'déposé', version: dossier.version + 1, deadline: null });
  expect(headers['etag']).toBe(`"${dossier.version + 1}"`);
  expect(body.receiptNumber).toMatch(new RegExp(`^R-${dossier.year}-\\d{6}$`));
  expect(body.implicitRejectionOn > body.submittedAt.slice(0, 10)).toBe(true);
  const stored = await storedDossier(app, dossier.id);
  expect(stored).toMatchObject({ state: 'submitted', version: dossier.version + 1 });
  expect(stored.submitted_at!.getTime()).toBeGreaterThanOrEqual(before.getTime());
  expect(await auditedActs(app, dossier.id)).toEqual(['dossier.created', 'dossier.attested', 'dossier.submitted']);
  expect(await toldOf(app, dossier.id)).toEqual(['dossier.submitted.v1']);
});

test('a signatory attests and submits a draft in one go', async () => {
  const dossier = await aDossier(app);
  const { body } = await submit(dossier, {}, DECLARATIONS).expect(200);
  expect(body).toMatchObject({
    status: 'submitted',
    version: dossier.version + 2,
    attestation: { declarations: { ...DECLARATIONS, mandate: null } },
  });
  const snapshots = await app.query<{ cause: string; hash: string }>(
    `SELECT cause, encode(content_hash, 'hex') AS hash FROM dossier_snapshots WHERE dossier_id = $1`,
    [dossier.id],
  );
  const { attested_hash } = await storedDossier(app, dossier.id);
  expect(snapshots).toEqual([{ cause: 'attested-for-submission', hash: attested_hash!.toString('hex') }]);
});

test('programme 147 of a département where nothing takes place is told before submission, by name', async () => {
  const dossier = await aDossier(app, { qpv: ['monmousseau'], funders: [{ code: 'P147-91', cents: 100_000 }] });
  const missing = [
    {
      pointer: `/actions/0/budgets/${dossier.year}/products/1/funderId`,
      code: 'FUNDER_OUTSIDE_DEPARTMENT',
      detail: expect.stringMatching(/« État – préfecture de l’Essonne .*» ne finance que dans le département 91, .* le département 94\.$/),
    },
  ];
  const told = await app.http.get(`/v1/dossiers/${dossier.id}/completeness`).set(dossier.editor.auth).expect(200);
  expect(told.body).toEqual({ complete: false, missing });
  const { status, body } = await submit(dossier, {}, DECLARATIONS);
  expect([status, body.code, body.errors]).toEqual([409, 'DOSSIER_INCOMPLETE', missing]);
  // In both départements, either may be asked.
  const straddling = await aDossier(app, { communes: ['91027'], qpv: ['monmousseau'], funders: [{ code: 'P147-91', cents: 100_000 }] });
  expect((await submit(straddling, {}, DECLARATIONS)).status).toBe(200);
});

test('without attestation nothing is submitted', async () => {
  const dossier = await aDossier(app);
  const { status, body } = await submit(dossier);
  expect([status, body.code]).toEqual([409, 'NOT_ATTESTED']);
  expect(await storedDossier(app, dossier.id)).toMatchObject({ state: 'draft', version: dossier.version, submitted_at: null });
  expect(await toldOf(app, dossier.id)).toEqual([]);
});

test('an edit after the attestation voids it', async () => {
  const dossier = await anAttestedDossier(app);
  const edited = await app.http
    .patch(`/v1/dossiers/${dossier.id}`)
    .set({ ...dossier.editor.auth, ...etag(dossier.version) })
    .send({ title: 'Un autre titre' })
    .expect(200);
  expect(edited.body.attestation).toBeNull();
  const { status, body } = await submit({ ...dossier, version: edited.body.version });
  expect([status, body.code]).toEqual([409, 'NOT_ATTESTED']);
  expect(await auditedActs(app, dossier.id)).toContain('dossier.attestation-voided');
});

test('a double click: the same key replays, no key is refused', async () => {
  const dossier = await anAttestedDossier(app);
  const first = await submit(dossier, { 'Idempotency-Key': 'un-clic' }).expect(200);
  const second = await submit(dossier, { 'Idempotency-Key': 'un-clic' }).expect(200);
  expect(second.headers['idempotent-replayed']).toBe('true');
  expect(second.body).toEqual(first.body);
  const stale = await submit(dossier);
  expect([stale.status, stale.body.code, stale.body.currentVersion]).toEqual([412, 'STALE_VERSION', dossier.version + 1]);
  const again = await submit({ ...dossier, version: dossier.version + 1 });
  expect([again.status, again.body.code]).toEqual([409, 'ACT_NOT_ALLOWED']);
  expect(await toldOf(app, dossier.id)).toEqual(['dossier.submitted.v1']);
});

test('two submissions at once: one passes', async () => {
  const dossier = await anAttestedDossier(app);
  const answers = await Promise.all(Array.from({ length: 8 }, () => submit(dossier)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
  expect(await toldOf(app, dossier.id)).toEqual(['dossier.submitted.v1']);
});

test('who may: the signatory; the editor is told no, others are told nothing', async () => {
  const dossier = await anAttestedDossier(app);
  const other = await anApplicant(app, { name: 'Une autre' });
  const instructor = await aPerson(app, { grants: [GRANTS.instructorOf('94041')] });
  const refusals = [];
  for (const by of [dossier.editor, other.signatory, instructor]) {
    const { status, body } = await submit(dossier, by.auth);
    refusals.push([status, body.code]);
  }
  expect(refusals).toEqual([
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [404, 'NOT_FOUND'],
  ]);
  expect((await app.http.post(`/v1/dossiers/${dossier.id}/submit`).set(dossier.signatory.auth)).status).toBe(428);
  const submitted = await aSubmittedDossier(app);
  const { status } = await submit(submitted, instructor.auth);
  expect(status).toBe(403);
});

describe('the last moment', () => {
  const closesAt = '2027-01-15T11:00:00.000Z';
  let late: TestApp;
  beforeAll(async () => {
    late = await startApp();
  });
  afterAll(() => late.close());

  /** An attested dossier started on 10 January, in a call that closes on the 15th at noon in Paris. */
  async function attestedAndWaiting(graceMinutes: number): Promise<DossierFixture> {
    late.clock.freeze('2027-01-10T10:00:00Z');
    const call = await anOpenCall(late, { body: { year: 2027, opensAt: '2027-01-02T08:00:00Z', closesAt, graceMinutes } });
    const dossier = await anAttestedDossier(late, { call });
    return dossier;
  }

  async function submitAt(dossier: DossierFixture, instant: string): Promise<[number, string | undefined]> {
    late.clock.freeze(instant);
    // The token of the 10th is no longer good on the 15th.
    const { auth } = await anotherTokenOf(dossier);
    const { status, body } = await late.http
      .post(`/v1/dossiers/${dossier.id}/submit`)
      .set({ ...auth, ...etag(dossier.version) })
      .send();
    return [status, body.code];
  }

  async function anotherTokenOf(dossier: DossierFixture): Promise<{ auth: { Authorization: string } }> {
    const person = await aPerson(late);
    await late.query(
      `INSERT INTO memberships (id, organisation_id, user_id, state, is_signatory, decided_at) VALUES (gen_random_uuid(), $1, $2, 'active', true, now())`,
      [dossier.organisationId, person.id],
    );
    return person;
  }

  test('is in time to the millisecond', async () => {
    const [exact, after] = [await attestedAndWaiting(0), await attestedAndWaiting(0)];
    expect(await submitAt(exact, closesAt)).toEqual([200, undefined]);
    expect(await submitAt(after, '2027-01-15T11:00:00.001Z')).toEqual([409, 'CALL_CLOSED']);
    expect(await storedDossier(late, after.id)).toMatchObject({ state: 'draft', submitted_at: null });
  });

  test('comes after the announced grace, for a dossier started before the closing', async () => {
    const [exact, after] = [await attestedAndWaiting(30), await attestedAndWaiting(30)];
    expect(await submitAt(exact, '2027-01-15T11:30:00.000Z')).toEqual([200, undefined]);
    expect(await submitAt(after, '2027-01-15T11:30:00.001Z')).toEqual([409, 'CALL_CLOSED']);
  });

  test('nothing is started in the grace', async () => {
    const { call } = await attestedAndWaiting(30);
    late.clock.freeze('2027-01-15T11:00:00.001Z');
    const applicant = await anApplicant(late);
    const { status, body } = await late.http
      .post('/v1/dossiers')
      .set(applicant.editor.auth)
      .send({ callId: call.id, organisationId: applicant.organisationId, title: 'Trop tard' });
    expect([status, body.code]).toEqual([409, 'CALL_CLOSED']);
  });

  test('is the one of an extension, for whom it was granted', async () => {
    const [extended, common] = [await attestedAndWaiting(0), await attestedAndWaiting(0)];
    const grantor = await aPerson(late);
    await late.query(
      `INSERT INTO call_extensions (id, call_id, organisation_id, until, reason, granted_by) VALUES (gen_random_uuid(), $1, $2, $3, 'Panne', $4)`,
      [extended.call.id, extended.organisationId, '2027-01-20T11:00:00Z', grantor.id],
    );
    expect(await submitAt(extended, '2027-01-20T11:00:00.000Z')).toEqual([200, undefined]);
    expect(await submitAt(common, '2027-01-20T11:00:00.000Z')).toEqual([409, 'CALL_CLOSED']);
  });

  test('passed, a draft can no longer be written either', async () => {
    const dossier = await attestedAndWaiting(0);
    late.clock.freeze('2027-01-15T11:00:00.001Z');
    const { auth } = await anotherTokenOf(dossier);
    const { status, body } = await late.http
      .patch(`/v1/dossiers/${dossier.id}`)
      .set({ ...auth, ...etag(dossier.version) })
      .send({ title: 'Encore un mot' });
    expect([status, body.code]).toEqual([409, 'CALL_CLOSED']);
  });
});
