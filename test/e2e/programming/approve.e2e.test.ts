import { plusDays } from '../../../src/kernel/day.js';
import { parisDay } from '../../../src/kernel/paris-day.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { alsoDelegateOf } from '../../builders/approval.js';
import {
  aDelegate,
  anEnvelope,
  aPrefecture,
  aProposedLine,
  aSubmittedLine,
  countersOf,
  decide,
  funderId,
  ledgerOf,
  lineRow,
  QPV_91,
} from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf, toldOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
type Proposed = Awaited<ReturnType<typeof aProposedLine>>;
let line: Proposed;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
});
beforeEach(async () => {
  line = await aProposedLine(app, { envelopeId: await anEnvelope(app, { ceilingCents: 400_000 }) });
});
afterAll(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
  await app.close();
});

const approve = (by: Person, amountCents: number, version?: number) => decide(app, by, line.id, 'approve', { amountCents }, version);
const codeOf = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer;
  return [status, (body as { code?: string }).code];
};
const day = (offset: number) => plusDays(parisDay(app.clock.now()), offset);
async function delegateSignature(
  to: Person,
  ceilingCents: number,
  over: object = {},
  { by = prefecture, funder = 'P147-94' } = {},
): Promise<void> {
  const body = {
    userId: to.id,
    funderId: await funderId(app, funder),
    ceilingCents,
    validFrom: day(-10),
    validUntil: day(10),
    reference: 'Arrêté 2027-12',
    ...over,
  };
  await app.http.post('/v1/signature-delegations').set(by.auth).send(body).expect(201);
}

test('turns the reservation into a commitment, is recorded, and tells the applicant nothing', async () => {
  const asApplicant = async () =>
    (await app.http.get(`/v1/dossiers/${line.dossier.id}`).set(line.dossier.editor.auth).expect(200)).body as object;
  const [seen, told] = [await asApplicant(), await toldOf(app, line.dossier.id)];
  const { status, body } = await approve(prefecture, 300_000);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status: 'approved',
    version: 3,
    grantedCents: 300_000,
    reservedCents: 0,
    committedCents: 300_000,
    announcedAt: null,
  });
  expect(await countersOf(app, line.envelopeId)).toEqual({ ceiling: 400_000n, reserved: 0n, committed: 300_000n });
  expect(await ledgerOf(app, line.envelopeId)).toEqual(['open 400000', 'reserve 300000', 'release 300000', 'commit 300000']);
  expect(await auditOf(app, line.id)).toEqual([
    expect.objectContaining({ act: 'funding-line.proposed' }),
    expect.objectContaining({
      act: 'funding-line.approved',
      actorId: prefecture.id,
      before: expect.objectContaining({ state: 'proposed' }),
      after: expect.objectContaining({ state: 'approved', grantedCents: '300000', deciderId: prefecture.id }),
    }),
  ]);
  expect(await asApplicant()).toEqual(seen);
  expect(await toldOf(app, line.dossier.id)).toEqual(told);
});

test('a full envelope can approve what it reserved; less gives the rest back', async () => {
  const full = await aProposedLine(app, { envelopeId: line.envelopeId, amountCents: 100_000 });
  expect(await countersOf(app, line.envelopeId)).toMatchObject({ reserved: 400_000n });
  expect((await decide(app, prefecture, full.id, 'approve', { amountCents: 100_000 })).status).toBe(200);
  expect((await approve(prefecture, 50_000)).status).toBe(200);
  expect(await countersOf(app, line.envelopeId)).toEqual({ ceiling: 400_000n, reserved: 0n, committed: 150_000n });
});

test('more than proposed, as far as the envelope has room', async () => {
  expect(await codeOf(approve(prefecture, 400_001))).toEqual([409, 'ENVELOPE_EXCEEDED']);
  expect(await lineRow(app, line.id)).toMatchObject({ state: 'proposed', version: 2, reservedCents: 300_000n });
  expect((await approve(prefecture, 400_000)).status).toBe(200);
});

test('never by who proposed, were it the prefecture; never above the request', async () => {
  const both = await aPerson(app, { grants: [GRANTS.prefectureOf('94')] });
  await decide(app, both, line.id, 'propose', { amountCents: 310_000, envelopeId: line.envelopeId });
  expect(await codeOf(approve(both, 310_000))).toEqual([409, 'FOUR_EYES']);
  expect(await codeOf(approve(prefecture, 500_001))).toEqual([409, 'AMOUNT_ABOVE_REQUEST']);
  expect(await codeOf(approve(prefecture, 0))).toEqual([422, 'AMOUNT_NOT_POSITIVE']);
  expect(await codeOf(approve(prefecture, 310_000, 2))).toEqual([412, 'STALE_VERSION']);
});

test('twice is once', async () => {
  await approve(prefecture, 300_000);
  expect(await codeOf(approve(prefecture, 300_000))).toEqual([409, 'ACT_NOT_ALLOWED']);
  expect(await countersOf(app, line.envelopeId)).toMatchObject({ committed: 300_000n });
});

describe('a delegate', () => {
  let delegate: Person;
  beforeEach(async () => {
    delegate = await aDelegate(app);
  });

  test('needs a delegation of signature, in force today, over the place', async () => {
    expect(await codeOf(approve(delegate, 300_000))).toEqual([409, 'NO_DELEGATION']);
    await delegateSignature(delegate, 900_000, { validFrom: day(-20), validUntil: day(-11) });
    await delegateSignature(delegate, 900_000, { validFrom: day(11), validUntil: day(20) });
    await alsoDelegateOf(app, delegate, 'C');
    await delegateSignature(delegate, 900_000, { sectorCode: 'C' });
    expect(await codeOf(approve(delegate, 300_000))).toEqual([409, 'NO_DELEGATION']);
    await delegateSignature(delegate, 900_000, { sectorCode: 'NE' });
    expect((await approve(delegate, 300_000)).status).toBe(200);
  });

  test('is not helped by a delegation of the other département, though they are delegate there too', async () => {
    await alsoDelegateOf(app, delegate, 'S');
    await delegateSignature(delegate, 900_000, {}, { by: await aPrefecture(app, '91'), funder: 'P147-91' });
    expect(await codeOf(approve(delegate, 300_000))).toEqual([409, 'NO_DELEGATION']);
  });

  test('approves up to its ceiling, to the cent', async () => {
    await delegateSignature(delegate, 250_000);
    expect(await codeOf(approve(delegate, 250_001))).toEqual([409, 'DELEGATION_EXCEEDED']);
    expect((await approve(delegate, 250_000)).status).toBe(200);
  });

  test('of the first or the last day of the delegation', async () => {
    await delegateSignature(delegate, 300_000, { validFrom: day(0), validUntil: day(0) });
    expect((await approve(delegate, 300_000)).status).toBe(200);
  });

  test('who proposed does not approve, delegation or not', async () => {
    await delegateSignature(line.proposer, 900_000);
    expect(await codeOf(approve(line.proposer, 300_000))).toEqual([409, 'FOUR_EYES']);
  });
});

test('an attestation counts once its signatory was verified on evidence', async () => {
  line = await aProposedLine(app, { verified: false });
  expect(await codeOf(approve(prefecture, 300_000))).toEqual([409, 'SIGNATORY_NOT_VERIFIED']);
  await app.query(
    `UPDATE memberships SET signatory_verified_at = now(), signatory_verified_by = $2, signatory_evidence = 'PV' WHERE user_id = $1`,
    [line.dossier.signatory.id, prefecture.id],
  );
  expect((await approve(prefecture, 300_000)).status).toBe(200);
});

test.each([
  ['the prefecture of the other département', () => aPrefecture(app, '91'), [404, 'NOT_FOUND']],
  ['the instructor', () => aPerson(app, { grants: [GRANTS.instructorOf('94041')] }), [403, 'FORBIDDEN']],
  ['the coordination', () => aPerson(app, { grants: [GRANTS.coordinator()] }), [403, 'FORBIDDEN']],
  ['a partner named on programme 147', () => aPerson(app, { grants: [GRANTS.partnerOf('P147-94')] }), [403, 'FORBIDDEN']],
])('not by %s', async (_who, someone, answer) => {
  expect(await codeOf(approve(await someone(), 300_000))).toEqual(answer);
  expect(await lineRow(app, line.id)).toMatchObject({ state: 'proposed', version: 2 });
});

test('not by a recused prefecture, of which the organisation is one’s own', async () => {
  const member = await aPrefecture(app);
  await app.query(
    `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'active', true)`,
    [line.dossier.organisationId, member.id],
  );
  expect(await codeOf(approve(member, 300_000))).toEqual([403, 'RECUSED']);
});

test('programme 147 of Essonne is approved by Essonne', async () => {
  const envelopeId = await anEnvelope(app, { funder: 'P147-91' });
  const [south, prefecture91] = [await aDelegate(app, 'S'), await aPrefecture(app, '91')];
  const ofEssonne = await aSubmittedLine(app, { funder: 'P147-91', qpv: QPV_91 });
  await app.query(`INSERT INTO dossier_perimeters VALUES ($1, 'department', '94')`, [ofEssonne.dossier.id]);
  expect((await decide(app, south, ofEssonne.id, 'propose', { amountCents: 1000, envelopeId })).status).toBe(200);
  expect(await codeOf(decide(app, prefecture, ofEssonne.id, 'approve', { amountCents: 1000 }))).toEqual([403, 'FORBIDDEN']);
  expect((await decide(app, prefecture91, ofEssonne.id, 'approve', { amountCents: 1000 })).status).toBe(200);
});
