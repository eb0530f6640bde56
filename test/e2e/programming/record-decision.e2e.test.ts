import { plusDays } from '../../../src/kernel/day.js';
import { parisDay } from '../../../src/kernel/paris-day.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import {
  anEnvelope,
  aPrefecture,
  aSubmittedLine,
  countersOf,
  decide,
  ledgerOf,
  lineRow,
  type SubmittedLine,
} from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let partner: Person;
let line: SubmittedLine;
beforeAll(async () => {
  app = await startApp();
  partner = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
});
beforeEach(async () => {
  line = await aSubmittedLine(app, { funder: 'CD94' });
});
afterAll(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
  await app.close();
});

const today = () => parisDay(app.clock.now());
const record = (by: Person, over: object = {}, lineId = line.id, version?: number) =>
  decide(
    app,
    by,
    lineId,
    'record-decision',
    { amountCents: 200_000, decisionReference: 'CP 2027-3-14', decidedOn: today(), ...over },
    version,
  );

test('what a funder granted, in one step, without an envelope here', async () => {
  const { status, body } = await record(partner, { reason: 'Action reconduite' });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status: 'approved',
    version: 2,
    grantedCents: 200_000,
    committedCents: 0,
    envelopeId: null,
    decidedOn: today(),
    decisionReference: 'CP 2027-3-14',
    announcedAt: null,
  });
  expect(await auditOf(app, line.id)).toEqual([
    expect.objectContaining({
      act: 'funding-line.decision-recorded',
      actorId: partner.id,
      after: expect.objectContaining({ grantedCents: '200000' }),
    }),
  ]);
});

test('with an envelope, which it commits as far as it has room', async () => {
  const envelopeId = await anEnvelope(app, { funder: 'CD94', ceilingCents: 250_000 });
  expect((await record(partner, { envelopeId, amountCents: 250_001 })).body.code).toBe('ENVELOPE_EXCEEDED');
  expect((await record(partner, { envelopeId })).body).toMatchObject({ status: 'approved', committedCents: 200_000, envelopeId });
  expect(await countersOf(app, envelopeId)).toEqual({ ceiling: 250_000n, reserved: 0n, committed: 200_000n });
  expect(await ledgerOf(app, envelopeId)).toEqual(['open 250000', 'commit 200000']);
});

test('zero is a refusal, and has a reason', async () => {
  expect((await record(partner, { amountCents: 0 })).body).toMatchObject({ status: 422, code: 'REASON_REQUIRED' });
  const { body } = await record(partner, { amountCents: 0, reason: 'Hors des priorités du Département' });
  expect(body).toMatchObject({ status: 'refused', grantedCents: null, reason: 'Hors des priorités du Département' });
});

test('before its commune has pronounced on the dossier, since the funder decides elsewhere', async () => {
  const waiting = await aSubmittedLine(app, { funder: 'CD94', admissible: false });
  expect((await record(partner, {}, waiting.id)).status).toBe(200);
});

describe('refused', () => {
  afterEach(async () => {
    expect(await lineRow(app, line.id)).toMatchObject({ state: 'requested', version: 1, grantedCents: null });
  });

  test('above the request, in the future, from another’s envelope, on another version', async () => {
    expect((await record(partner, { amountCents: 500_001 })).body.code).toBe('AMOUNT_ABOVE_REQUEST');
    expect((await record(partner, { decidedOn: plusDays(today(), 1) })).body.code).toBe('DECIDED_IN_FUTURE');
    expect((await record(partner, { decidedOn: '1900-01-01' })).body).toMatchObject({ status: 422, code: 'DECIDED_TOO_EARLY' });
    expect((await record(partner, { envelopeId: await anEnvelope(app, { funder: 'CAF94' }) })).body.code).toBe('WRONG_ENVELOPE');
    expect((await record(partner, {}, line.id, 4)).body.code).toBe('STALE_VERSION');
    expect((await record(partner, { decisionReference: '' })).body.code).toBe('VALIDATION_FAILED');
  });

  test.each([
    [
      'a partner of another funder, that the dossier asks nothing of',
      () => aPerson(app, { grants: [GRANTS.partnerOf('CAF94')] }),
      'NOT_FOUND',
    ],
    ['an instructor, for another funder than the city', () => aPerson(app, { grants: [GRANTS.instructorOf('94041')] }), 'FORBIDDEN'],
    ['the prefecture', () => aPrefecture(app), 'FORBIDDEN'],
    ['the coordination', () => aPerson(app, { grants: [GRANTS.coordinator()] }), 'FORBIDDEN'],
  ])('by %s', async (_who, someone, code) => {
    expect((await record(await someone())).body.code).toBe(code);
  });

  test('by a partner who belongs to the organisation', async () => {
    const member = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
    await app.query(
      `INSERT INTO memberships (id, organisation_id, user_id, state, is_editor) VALUES (gen_random_uuid(), $1, $2, 'active', true)`,
      [line.dossier.organisationId, member.id],
    );
    expect((await record(member)).body).toMatchObject({ status: 403, code: 'RECUSED' });
  });
});

test('an instructor records the decisions of the city, and of no other', async () => {
  const ofIvry = await aSubmittedLine(app, { funder: 'COMMUNE-ivry-sur-seine' });
  expect((await record(await aPerson(app, { grants: [GRANTS.instructorOf('94081')] }), {}, ofIvry.id)).body.code).toBe('NOT_FOUND');
  expect((await record(await aPerson(app, { grants: [GRANTS.instructorOf('94041')] }), {}, ofIvry.id)).body.status).toBe('approved');
});

test('programme 147 is not decided in one step, even by who would hold it', async () => {
  const state = await aSubmittedLine(app);
  const holder = await aPerson(app, { grants: [GRANTS.partnerOf('P147-94')] });
  expect((await record(holder, {}, state.id)).body.code).toBe('PROGRAMME_147_NEEDS_APPROVAL');
});
