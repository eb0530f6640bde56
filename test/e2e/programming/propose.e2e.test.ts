import { ledgerFaults } from '../../../src/modules/funding/index.js';
import {
  aDelegate,
  anEnvelope,
  aPrefecture,
  aSubmittedLine,
  countersOf,
  decide,
  ledgerOf,
  lineRow,
  QPV_91,
  type SubmittedLine,
} from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf, toldOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let delegate: Person;
let line: SubmittedLine;
let envelopeId: string;
beforeAll(async () => {
  app = await startApp();
  delegate = await aDelegate(app);
});
beforeEach(async () => {
  line = await aSubmittedLine(app);
  envelopeId = await anEnvelope(app, { ceilingCents: 1_000_000 });
});
afterAll(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
  await app.close();
});

const propose = (by: Person, amountCents: number, over: { lineId?: string; envelopeId?: string; version?: number } = {}) =>
  decide(app, by, over.lineId ?? line.id, 'propose', { amountCents, envelopeId: over.envelopeId ?? envelopeId }, over.version);
const codeOf = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer;
  return [status, (body as { code?: string }).code];
};

test('reserves in the envelope, is recorded, and moves nothing that the applicant sees', async () => {
  const asApplicant = async () => {
    const { body, headers } = await app.http.get(`/v1/dossiers/${line.dossier.id}`).set(line.dossier.editor.auth).expect(200);
    return { body, etag: headers['etag'] };
  };
  const [seen, told] = [await asApplicant(), await toldOf(app, line.dossier.id)];
  const answer = await propose(delegate, 300_000);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    id: line.id,
    status: 'proposed',
    version: 2,
    proposedCents: 300_000,
    reservedCents: 300_000,
    committedCents: 0,
    envelopeId,
  });
  expect(answer.headers['etag']).toBe('"2"');
  expect(await lineRow(app, line.id)).toMatchObject({ state: 'proposed', version: 2, proposedCents: 300_000n, reservedCents: 300_000n });
  expect(await countersOf(app, envelopeId)).toEqual({ ceiling: 1_000_000n, reserved: 300_000n, committed: 0n });
  expect(await ledgerOf(app, envelopeId)).toEqual(['open 1000000', 'reserve 300000']);
  expect(await auditOf(app, line.id)).toEqual([
    expect.objectContaining({
      act: 'funding-line.proposed',
      actorId: delegate.id,
      before: expect.objectContaining({ state: 'requested', proposedCents: null }),
      after: expect.objectContaining({ state: 'proposed', proposedCents: '300000', envelopeId }),
    }),
  ]);
  expect(await asApplicant()).toEqual(seen);
  expect(await toldOf(app, line.dossier.id)).toEqual(told);
});

test('proposing again amends: only the difference moves, or all of it to another envelope', async () => {
  await propose(delegate, 300_000);
  await propose(delegate, 450_000);
  await propose(await aPrefecture(app), 100_000);
  expect(await ledgerOf(app, envelopeId)).toEqual(['open 1000000', 'reserve 300000', 'reserve 150000', 'release 350000']);
  const other = await anEnvelope(app);
  expect((await propose(delegate, 120_000, { envelopeId: other })).status).toBe(200);
  expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 0n });
  expect(await countersOf(app, other)).toMatchObject({ reserved: 120_000n });
  expect(await lineRow(app, line.id)).toMatchObject({ envelopeId: other, reservedCents: 120_000n });
});

test('the same Idempotency-Key reserves once', async () => {
  const send = () =>
    app.http
      .post(`/v1/funding-lines/${line.id}/propose`)
      .set(delegate.auth)
      .set({ 'If-Match': '"1"', 'Idempotency-Key': 'double-clic' })
      .send({ amountCents: 300_000, envelopeId });
  const first = await send().expect(200);
  const second = await send().expect(200);
  expect(second.body).toEqual(first.body);
  expect(second.headers['idempotent-replayed']).toBe('true');
  expect(await countersOf(app, envelopeId)).toMatchObject({ reserved: 300_000n });
});

describe('refused', () => {
  afterEach(async () => {
    expect(await lineRow(app, line.id)).toMatchObject({ state: 'requested', version: 1, reservedCents: 0n });
    expect(await ledgerOf(app, envelopeId)).toEqual(['open 1000000']);
    expect(await auditOf(app, line.id)).toEqual([]);
  });

  test('above the request, for nothing, on another version or on none', async () => {
    expect(await codeOf(propose(delegate, 500_001))).toEqual([409, 'AMOUNT_ABOVE_REQUEST']);
    expect(await codeOf(propose(delegate, 0))).toEqual([422, 'AMOUNT_NOT_POSITIVE']);
    expect(await codeOf(propose(delegate, 1, { version: 7 }))).toEqual([412, 'STALE_VERSION']);
    const without = app.http.post(`/v1/funding-lines/${line.id}/propose`).set(delegate.auth).send({ amountCents: 1, envelopeId });
    expect(await codeOf(without)).toEqual([428, 'VERSION_REQUIRED']);
  });

  test('by an envelope that is another year’s, another funder’s, or nowhere', async () => {
    const ofEssonne = await anEnvelope(app, { funder: 'P147-91' });
    const older = await anEnvelope(app);
    await app.query('UPDATE envelopes SET year = year - 1 WHERE id = $1', [older]);
    for (const wrong of [ofEssonne, older, '00000000-0000-7000-8000-000000000001']) {
      expect(await codeOf(propose(delegate, 1000, { envelopeId: wrong }))).toEqual([422, 'WRONG_ENVELOPE']);
    }
  });

  test('past what the envelope has left, in figures', async () => {
    const small = await anEnvelope(app, { ceilingCents: 200_000 });
    const { status, body } = await propose(delegate, 200_001, { envelopeId: small });
    expect([status, body.code]).toEqual([409, 'ENVELOPE_EXCEEDED']);
    expect(body.detail).toMatch(/2.000,00.€ disponibles.*2.000,01.€/);
  });

  test('past what is left in CP, though AE would do', async () => {
    const thin = await anEnvelope(app, { ceilingCents: 900_000, cpCents: 100_000 });
    expect(await codeOf(propose(delegate, 100_001, { envelopeId: thin }))).toEqual([409, 'ENVELOPE_EXCEEDED']);
  });

  test('by who belongs to the organisation, or declared a conflict', async () => {
    const member = await aPerson(app, { grants: [GRANTS.delegateOfSector('NE')] });
    await app.query(
      `INSERT INTO recusals (id, user_id, organisation_id, reason) VALUES (gen_random_uuid(), $1, $2, 'Mon conjoint en est trésorier')`,
      [member.id, line.dossier.organisationId],
    );
    expect(await codeOf(propose(member, 1000))).toEqual([403, 'RECUSED']);
  });

  test.each([
    ['the prefecture of the other département, which does not see it', () => aPrefecture(app, '91'), [404, 'NOT_FOUND']],
    ['a delegate of another sector of the département', () => aDelegate(app, 'C'), [404, 'NOT_FOUND']],
    ['the instructor', () => aPerson(app, { grants: [GRANTS.instructorOf('94041')] }), [403, 'FORBIDDEN']],
    ['the coordination', () => aPerson(app, { grants: [GRANTS.coordinator()] }), [403, 'FORBIDDEN']],
    ['an auditor', () => aPerson(app, { grants: [GRANTS.auditor()] }), [403, 'FORBIDDEN']],
    ['the applicant', () => Promise.resolve(line.dossier.editor), [404, 'NOT_FOUND']],
  ])('by %s', async (_who, someone, answer) => {
    expect(await codeOf(propose(await someone(), 1000))).toEqual(answer);
  });
});

test('a dossier that nobody found admissible waits', async () => {
  const waiting = await aSubmittedLine(app, { admissible: false });
  expect(await codeOf(propose(delegate, 1000, { lineId: waiting.id }))).toEqual([409, 'DOSSIER_NOT_ADMISSIBLE']);
});

test('a line of another funder is not the State’s to propose', async () => {
  const caf = await aSubmittedLine(app, { funder: 'CAF94' });
  expect(await codeOf(propose(delegate, 1000, { lineId: caf.id }))).toEqual([409, 'NOT_PROGRAMME_147']);
});

test('programme 147 apart: on a dossier of both départements, each decides on its own money only', async () => {
  const both = await aSubmittedLine(app, { funder: 'P147-91', qpv: QPV_91 });
  await app.query(`INSERT INTO dossier_perimeters VALUES ($1, 'department', '94'), ($1, 'sector', 'NE'), ($1, 'commune', '94041')`, [
    both.dossier.id,
  ]);
  const ofEssonne = await anEnvelope(app, { funder: 'P147-91' });
  const on91 = { lineId: both.id, envelopeId: ofEssonne };
  expect(await codeOf(propose(await aPrefecture(app, '94'), 1000, on91))).toEqual([403, 'FORBIDDEN']);
  expect(await codeOf(propose(delegate, 1000, on91))).toEqual([403, 'FORBIDDEN']);
  expect((await propose(await aDelegate(app, 'S'), 1000, on91)).status).toBe(200);
  expect((await propose(await aPrefecture(app, '91'), 2000, on91)).status).toBe(200);
});
