import { plusDays } from '../../../src/kernel/day.js';
import { parisDay } from '../../../src/kernel/paris-day.js';
import {
  actFaults,
  actsOf,
  anActMaker,
  anAnnouncedLine,
  aNotifiedAct,
  aPreparedAct,
  onAct,
  prepareActs,
  signature,
  today,
  type ActBody,
} from '../../builders/acts.js';
import type { CallBody } from '../../builders/calls.js';
import { anApplicant, anOpenCall } from '../../builders/dossiers.js';
import { aDelegate, anEnvelope, lineRow } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
let envelopeId: string;
let call: CallBody;
beforeAll(async () => {
  app = await startApp();
  prefecture = await anActMaker(app);
  envelopeId = await anEnvelope(app, { ceilingCents: 1_000_000_000 });
  call = await anOpenCall(app);
});
afterEach(async () => {
  expect(await actFaults(app)).toEqual([]);
});
afterAll(() => app.close());

const granted = (grantedCents = 500_000, over: object = {}) => anAnnouncedLine(app, { call, grantedCents, envelopeId, ...over });
const read = (by: Person, id: string) => app.http.get(`/v1/acts/${id}`).set(by.auth);
const told = (actId: string) =>
  app.query<{ payload: object }>(`SELECT payload FROM outbox WHERE type = 'act.notified.v1' AND payload ->> 'actId' = $1`, [actId]);
const textOf = async (id: string) =>
  (await app.query<{ pages: bigint }>('SELECT count(*) AS pages FROM act_documents WHERE act_id = $1', [id]))[0]?.pages;

test('signed by the prefecture: its lines are signed, the applicant knows nothing yet', async () => {
  const line = await granted();
  const act = await aPreparedAct(app, prefecture, line);
  const { body, status } = await onAct(app, prefecture, act.id, 'sign', signature(app));
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{
      state: 'signed',
      version: 2,
      signedOn: today(app),
      signatoryName: 'Préfecture 94',
      signatureMethod: 'platform',
      signaturePlace: 'Créteil',
    },
    ...{ notifiedOn: null, paymentDueOn: null },
  });
  expect((await lineRow(app, line.id)).state).toBe('signed');
  expect((await auditOf(app, line.id)).at(-1)).toMatchObject({ act: 'funding-line.signed', actorId: prefecture.id });
  expect((await auditOf(app, act.id)).map((each) => each.act)).toEqual(['act.prepared', 'act.signed']);
  expect((await read(line.dossier.signatory, act.id)).status).toBe(404);
  // The signed document is another one; the first stays.
  await app.http.get(`/v1/acts/${act.id}/document`).set(prefecture.auth).expect(200);
  expect(await textOf(act.id)).toBe(2n);
});

test('notified: the clock of the payment starts, the beneficiary reads it, its people are told once', async () => {
  const line = await granted();
  const act = await aNotifiedAct(app, prefecture, line);
  expect(act).toMatchObject({ state: 'notified', notifiedOn: today(app), paymentDueOn: plusDays(today(app), 60) });
  expect((await lineRow(app, line.id)).state).toBe('notified');
  const [row] = await app.query<{ notifiedAt: Date }>('SELECT notified_at AS "notifiedAt" FROM funding_lines WHERE id = $1', [line.id]);
  expect(parisDay(row?.notifiedAt ?? new Date(0))).toBe(today(app));
  expect(await told(act.id)).toEqual([{ payload: { actId: act.id, organisationId: line.dossier.organisationId } }]);
  const { editor } = line.dossier;
  expect((await read(editor, act.id)).body).toMatchObject({ number: act.number, amountCents: 500_000 });
  expect((await actsOf(app, editor, {})).map(({ id }) => id)).toEqual([act.id]);
  await app.http.get(`/v1/acts/${act.id}/document`).set(editor.auth).expect(200);
});

test('announced and notified are two facts', async () => {
  const line = await granted();
  const statusOf = async () => {
    const { body } = await app.http.get(`/v1/actions/${line.dossier.actionId}`).set(line.dossier.editor.auth).expect(200);
    return (body as { budgets: { fundingLines: { status: string }[] }[] }).budgets[0]?.fundingLines[0]?.status;
  };
  expect(await statusOf()).toBe('granted');
  const act = await aPreparedAct(app, prefecture, line);
  await onAct(app, prefecture, act.id, 'sign', signature(app));
  expect(await statusOf()).toBe('granted');
  await onAct(app, prefecture, act.id, 'notify');
  expect(await statusOf()).toBe('notified');
});

test('an agreement reaches its beneficiary once it has signed too', async () => {
  const act = await aPreparedAct(app, prefecture, await granted(2_500_000));
  expect(act).toMatchObject({ kind: 'agreement', isBilateral: true });
  await onAct(app, prefecture, act.id, 'sign', signature(app));
  expect((await onAct(app, prefecture, act.id, 'notify')).body).toMatchObject({ status: 409, code: 'BENEFICIARY_SIGNATURE_MISSING' });
  expect((await onAct(app, prefecture, act.id, 'notify', { beneficiarySignedOn: today(app) })).body).toMatchObject({ state: 'notified' });
});

test('a letter of refusal is signed and notified without a message of its own, and moves no line', async () => {
  const line = await granted(100_000, { refused: true });
  const act = await aNotifiedAct(app, prefecture, line);
  expect(act).toMatchObject({ kind: 'refusal-letter', state: 'notified', paymentDueOn: null });
  expect(await told(act.id)).toEqual([]);
  expect((await lineRow(app, line.id)).state).toBe('refusal-announced');
  expect((await read(line.dossier.editor, act.id)).status).toBe(200);
});

test('any other funder signs its own', async () => {
  const partner = await anActMaker(app, 'CD94');
  const line = await anAnnouncedLine(app, { call, funder: 'CD94', envelopeId: null });
  const act = await aPreparedAct(app, partner, line, 'CD94');
  expect((await onAct(app, prefecture, act.id, 'sign', signature(app))).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  expect((await onAct(app, partner, act.id, 'sign', signature(app))).status).toBe(200);
});

test('two signatures at once: one is told that the act changed', async () => {
  const act = await aPreparedAct(app, prefecture, await granted());
  const answers = await Promise.all([1, 2, 3].map(() => onAct(app, prefecture, act.id, 'sign', signature(app), 1)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  expect((await auditOf(app, act.id)).filter((each) => each.act === 'act.signed')).toHaveLength(1);
});

test('a signature and an annulment at once: one of them', async () => {
  const act = await aPreparedAct(app, prefecture, await granted());
  const answers = await Promise.all([
    onAct(app, prefecture, act.id, 'sign', signature(app), 1),
    onAct(app, prefecture, act.id, 'void', { reason: 'Erreur' }, 1),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test('void before its signature: its lines wait for another act', async () => {
  const line = await granted();
  const act = await aPreparedAct(app, prefecture, line);
  expect((await onAct(app, prefecture, act.id, 'void', { reason: 'Mauvais montant' })).body).toMatchObject({
    state: 'void',
    voidReason: 'Mauvais montant',
  });
  expect((await lineRow(app, line.id)).state).toBe('announced');
  expect((await auditOf(app, line.id)).at(-1)).toMatchObject({ act: 'funding-line.act-voided' });
  const again = await aPreparedAct(app, prefecture, line);
  expect(again.id).not.toBe(act.id);
  await onAct(app, prefecture, again.id, 'sign', signature(app));
  expect((await onAct(app, prefecture, again.id, 'void', { reason: 'Trop tard' })).body).toMatchObject({
    status: 409,
    code: 'ACT_NOT_ALLOWED',
  });
  expect((await onAct(app, prefecture, act.id, 'sign', signature(app))).body).toMatchObject({ status: 409, code: 'ACT_NOT_ALLOWED' });
});

test('a line cancelled since then keeps its act from being signed: another is prepared', async () => {
  const line = await granted();
  const act = await aPreparedAct(app, prefecture, line);
  await app.query(`UPDATE funding_lines SET state = 'cancelled' WHERE id = $1`, [line.id]);
  expect((await onAct(app, prefecture, act.id, 'sign', signature(app))).body).toMatchObject({ status: 409, code: 'ACT_NOT_ALLOWED' });
  expect((await onAct(app, prefecture, act.id, 'void', { reason: 'Ligne annulée' })).status).toBe(200);
  expect((await lineRow(app, line.id)).state).toBe('cancelled');
});

describe('refused', () => {
  let act: ActBody;
  let editor: Person;
  beforeAll(async () => {
    const line = await granted();
    act = await aPreparedAct(app, prefecture, line);
    editor = line.dossier.editor;
  });
  const bodies = {
    sign: () => signature(app),
    notify: () => ({}),
    void: () => ({ reason: 'Erreur' }),
    amendments: () => ({ lines: [{ lineId: act.lines[0]?.lineId, amountCents: 1 }], reason: 'R' }),
  };
  const verbs = Object.keys(bodies) as (keyof typeof bodies)[];

  test.each(verbs)('%s: to a delegate, the coordination, an instructor and an auditor, who see it', async (verb) => {
    const seers = [
      await aDelegate(app),
      await aPerson(app, { grants: [GRANTS.coordinator()] }),
      await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }),
    ];
    for (const by of [...seers, await aPerson(app, { grants: [GRANTS.auditor()] })]) {
      expect((await onAct(app, by, act.id, verb, bodies[verb]())).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    }
  });

  test.each(verbs)('%s: to the beneficiary and to the other département, who do not know of it', async (verb) => {
    for (const by of [editor, await anActMaker(app, 'P147-91')]) {
      expect((await onAct(app, by, act.id, verb, bodies[verb]())).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
  });

  test.each(verbs)('%s: to who is in conflict with the beneficiary', async (verb) => {
    const recused = await anActMaker(app);
    await app.http.post('/v1/me/recusals').set(recused.auth).send({ organisationId: act.organisationId, reason: 'Mon frère' }).expect(201);
    expect((await onAct(app, recused, act.id, verb, bodies[verb]())).body).toMatchObject({ status: 403, code: 'RECUSED' });
    expect((await read(recused, act.id)).status).toBe(404);
    expect((await actsOf(app, recused, { organisationId: act.organisationId })).length).toBe(0);
  });

  test.each(verbs)('%s: without the version, or on another', async (verb) => {
    expect((await app.http.post(`/v1/acts/${act.id}/${verb}`).set(prefecture.auth).send(bodies[verb]())).body).toMatchObject({
      status: 428,
    });
    expect((await onAct(app, prefecture, act.id, verb, bodies[verb](), 9)).body).toMatchObject({ status: 412, code: 'STALE_VERSION' });
  });

  test('notify: before the signature', async () => {
    expect((await onAct(app, prefecture, act.id, 'notify')).body).toMatchObject({ status: 409, code: 'ACT_NOT_ALLOWED' });
  });

  test.each([
    [{ signedOn: '2024-01-01' }, 'SIGNED_BEFORE_PREPARED'],
    [{ signedOn: '2099-01-01' }, 'DAY_IN_FUTURE'],
    [{ beneficiarySignedOn: '2026-01-01' }, 'BENEFICIARY_DOES_NOT_SIGN'],
  ])('sign: %j is %s', async (over, code) => {
    expect((await onAct(app, prefecture, act.id, 'sign', signature(app, over))).body).toMatchObject({ status: 422, code });
  });

  test('sign: by a way that does not exist', async () => {
    expect((await onAct(app, prefecture, act.id, 'sign', signature(app, { method: 'fax' }))).body).toMatchObject({
      status: 400,
      code: 'VALIDATION_FAILED',
    });
  });
});

describe('public money', () => {
  const moneyOf = (by: Person, organisationId: string) =>
    app.http.get(`/v1/organisations/${organisationId}/public-money`).query({ year: call.year }).set(by.auth);

  test('over all public funders; above 153 000 € the accounts are certified and published', async () => {
    const applicant = await anApplicant(app);
    await granted(10_000_000, { applicant });
    await anAnnouncedLine(app, { call, applicant, funder: 'CD94', grantedCents: 5_300_000, envelopeId: null });
    const at = (await moneyOf(applicant.editor, applicant.organisationId).expect(200)).body as object;
    expect(at).toMatchObject({ year: call.year, totalCents: 15_300_000, accountsAboveCents: 15_300_000, mustPublishAccounts: false });
    await anAnnouncedLine(app, { call, applicant, funder: 'CAF94', grantedCents: 1, requestedCents: 100_000, envelopeId: null });
    const above = (await moneyOf(prefecture, applicant.organisationId).expect(200)).body as { byFunder: { grantedCents: number }[] };
    expect(above).toMatchObject({ totalCents: 15_300_001, mustPublishAccounts: true });
    expect(above.byFunder.map(({ grantedCents }) => grantedCents).sort()).toEqual([1, 10_000_000, 5_300_000]);
    await prepareActs(app, prefecture, call.id, { organisationIds: [applicant.organisationId] });
    expect(
      (await actsOf(app, prefecture, { organisationId: applicant.organisationId })).every(({ mustPublishAccounts }) => mustPublishAccounts),
    ).toBe(true);
  });

  test('is not read from elsewhere', async () => {
    const applicant = await anApplicant(app);
    expect((await moneyOf(await aPerson(app), applicant.organisationId)).status).toBe(404);
    expect((await moneyOf((await anApplicant(app)).editor, applicant.organisationId)).status).toBe(404);
    expect((await moneyOf(prefecture, '00000000-0000-7000-8000-000000000001')).status).toBe(404);
  });

  test('shows no decision before it is announced', async () => {
    const line = await granted(700_000);
    await app.query(`UPDATE funding_lines SET state = 'approved', announced_at = NULL WHERE id = $1`, [line.id]);
    expect((await moneyOf(line.dossier.editor, line.dossier.organisationId)).body).toMatchObject({ totalCents: 0, byFunder: [] });
  });
});
