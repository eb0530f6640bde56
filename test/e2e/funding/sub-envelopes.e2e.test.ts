import { parisDay } from '../../../src/kernel/paris-day.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { actOnEnvelope, aSubEnvelope, envelopeBody } from '../../builders/envelopes.js';
import { aDelegate, anEnvelope, aPrefecture, aSubmittedLine, decide, ledgerOf } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
let parentId: string;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
});
beforeEach(async () => {
  parentId = await anEnvelope(app, { ceilingCents: 1_000_000 });
});
afterEach(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
});
afterAll(() => app.close());

const act = (id: string, name: string, body: object, by = prefecture, version?: number | null) =>
  actOnEnvelope(app, by, id, name, body, version);

test('a part of an envelope becomes its sector’s: both move together, each names the other, both are recorded', async () => {
  const { status, body, headers } = await act(parentId, 'sub-envelopes', { sectorCode: 'NE', amountCents: 400_000 });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    parentId,
    sectorCode: 'NE',
    inseeCode: null,
    department: '94',
    ceilingAeCents: 400_000,
    ceilingCpCents: 400_000,
    availableCents: 400_000,
    delegatedCents: 0,
    closedAt: null,
    version: 1,
  });
  expect(headers['etag']).toBe('"1"');
  expect(await envelopeBody(app, prefecture, body.id)).toEqual(body);
  expect(await envelopeBody(app, prefecture, parentId)).toMatchObject({
    delegatedCents: 400_000,
    availableCents: 600_000,
    parentId: null,
    version: 2,
  });
  expect(await ledgerOf(app, parentId)).toEqual(['open 1000000', 'delegate 400000']);
  expect(await ledgerOf(app, body.id)).toEqual(['open 400000']);
  for (const [id, other] of [
    [parentId, body.id],
    [body.id, parentId],
  ]) {
    const { body: movements } = await app.http.get(`/v1/envelopes/${id}/movements`).set(prefecture.auth).expect(200);
    expect(movements.data.at(-1)).toMatchObject({ counterpartEnvelopeId: other });
  }
  expect((await auditOf(app, parentId)).map((trace) => trace.act)).toEqual(['envelope.opened', 'envelope.delegated']);
  expect((await auditOf(app, body.id)).map((trace) => trace.act)).toEqual(['envelope.opened']);
});

test('more goes down, some comes back, with a reason', async () => {
  const childId = await aSubEnvelope(app, prefecture, parentId, { inseeCode: '94041' });
  const { body: more } = await act(childId, 'delegate', { amountCents: 100_000 });
  expect(more).toMatchObject({ id: childId, inseeCode: '94041', ceilingAeCents: 500_000, version: 2 });
  const { body: less } = await act(childId, 'take-back', { amountCents: 200_000, reason: 'Sous-consommation' });
  expect(less).toMatchObject({ ceilingAeCents: 300_000, ceilingCpCents: 300_000, version: 3 });
  expect(await envelopeBody(app, prefecture, parentId)).toMatchObject({ delegatedCents: 300_000, availableCents: 700_000 });
  expect(await ledgerOf(app, parentId)).toEqual(['open 1000000', 'delegate 400000', 'delegate 100000', 'take-back 200000']);
  expect(await ledgerOf(app, childId)).toEqual(['open 400000', 'increase 100000', 'decrease 200000']);
  expect((await auditOf(app, childId)).map((trace) => trace.act)).toEqual(['envelope.opened', 'envelope.delegated', 'envelope.taken-back']);
  const { body: parts } = await app.http.get(`/v1/envelopes?parentId=${parentId}`).set(prefecture.auth).expect(200);
  expect(parts.data).toMatchObject([{ id: childId }]);
});

describe('never more than there is', () => {
  test('the parent delegates what it has free, to the cent', async () => {
    expect((await act(parentId, 'sub-envelopes', { sectorCode: 'NE', amountCents: 1_000_001 })).body.code).toBe('ENVELOPE_EXCEEDED');
    const childId = await aSubEnvelope(app, prefecture, parentId, { amountCents: 1_000_000 });
    expect((await act(childId, 'delegate', { amountCents: 1 })).body.code).toBe('ENVELOPE_EXCEEDED');
    expect((await act(parentId, 'decrease', { aeCents: 1, cpCents: 1, reason: 'Gel' })).body.code).toBe('ENVELOPE_BELOW_USE');
  });

  test('nothing that the sub-envelope uses comes back', async () => {
    const childId = await aSubEnvelope(app, prefecture, parentId, { amountCents: 400_000 });
    const line = await aSubmittedLine(app);
    expect((await decide(app, await aDelegate(app), line.id, 'propose', { amountCents: 300_000, envelopeId: childId })).status).toBe(200);
    const { status, body } = await act(childId, 'take-back', { amountCents: 100_001, reason: 'Trop' });
    expect([status, body.code]).toEqual([409, 'ENVELOPE_BELOW_USE']);
    expect((await act(childId, 'take-back', { amountCents: 100_000, reason: 'Juste' })).body).toMatchObject({ availableCents: 0 });
    const approved = await decide(app, prefecture, line.id, 'approve', { amountCents: 300_000 });
    expect([approved.status, await ledgerOf(app, childId)]).toEqual([
      200,
      ['open 400000', 'reserve 300000', 'decrease 100000', 'release 300000', 'commit 300000'],
    ]);
  });
});

describe('refused', () => {
  const tries: readonly (readonly [string, number, object])[] = [
    ['ONE_PLACE_REQUIRED', 422, { amountCents: 1 }],
    ['ONE_PLACE_REQUIRED', 422, { sectorCode: 'NE', inseeCode: '94041', amountCents: 1 }],
    ['UNKNOWN_REFERENCE', 422, { sectorCode: 'nulle-part', amountCents: 1 }],
    ['UNKNOWN_REFERENCE', 422, { inseeCode: '00000', amountCents: 1 }],
    ['WRONG_DEPARTMENT', 422, { sectorCode: 'S', amountCents: 1 }],
    ['WRONG_DEPARTMENT', 422, { inseeCode: '91589', amountCents: 1 }],
    ['MOVEMENT_NOT_POSITIVE', 422, { sectorCode: 'NE', amountCents: 0 }],
    ['VALIDATION_FAILED', 400, { sectorCode: 'NE', amountCents: -1 }],
    ['VALIDATION_FAILED', 400, { sectorCode: 'NE', amountCents: 1.5 }],
  ];
  test.each(tries)('%s (%i): %j', async (code, status, body) => {
    const answer = await act(parentId, 'sub-envelopes', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await ledgerOf(app, parentId)).toEqual(['open 1000000']);
  });

  test('a second one of the same place, a part of a part, and credit from nowhere', async () => {
    const childId = await aSubEnvelope(app, prefecture, parentId);
    const reason = 'Autre';
    expect((await act(parentId, 'sub-envelopes', { sectorCode: 'NE', amountCents: 1 })).body.code).toBe('ENVELOPE_ALREADY_OPEN');
    expect((await act(childId, 'sub-envelopes', { inseeCode: '94041', amountCents: 1 })).body.code).toBe('NO_FURTHER_DELEGATION');
    expect((await act(childId, 'increase', { aeCents: 1, cpCents: 1, reason })).body.code).toBe('FED_BY_ITS_PARENT');
    expect((await act(childId, 'decrease', { aeCents: 1, cpCents: 1, reason })).body.code).toBe('FED_BY_ITS_PARENT');
    expect((await act(parentId, 'delegate', { amountCents: 1 })).body.code).toBe('NOT_A_SUB_ENVELOPE');
    expect((await act(parentId, 'take-back', { amountCents: 1, reason })).body.code).toBe('NOT_A_SUB_ENVELOPE');
    expect(await ledgerOf(app, childId)).toEqual(['open 400000']);
  });

  test('without the version read, or on another', async () => {
    const childId = await aSubEnvelope(app, prefecture, parentId);
    for (const [id, name, body] of [
      [parentId, 'sub-envelopes', { sectorCode: 'C', amountCents: 1 }],
      [childId, 'delegate', { amountCents: 1 }],
      [childId, 'take-back', { amountCents: 1, reason: 'Autre' }],
    ] as const) {
      expect((await act(id, name, body, prefecture, null)).status).toBe(428);
      expect((await act(id, name, body, prefecture, 9)).status).toBe(412);
    }
  });

  test('to who reads it and does not keep it, and to who does not know of it', async () => {
    const childId = await aSubEnvelope(app, prefecture, parentId);
    const [reader, stranger] = [await aDelegate(app), await aPrefecture(app, '91')];
    expect((await act(childId, 'take-back', { amountCents: 1, reason: 'Autre' }, reader)).body.code).toBe('FORBIDDEN');
    expect((await act(parentId, 'sub-envelopes', { sectorCode: 'C', amountCents: 1 }, reader)).body.code).toBe('FORBIDDEN');
    expect((await act(childId, 'delegate', { amountCents: 1 }, stranger)).body.code).toBe('NOT_FOUND');
  });
});

describe('what is proposed on a sub-envelope takes place there', () => {
  test.each([
    ['its sector', { sectorCode: 'NE' }, 200],
    ['another sector', { sectorCode: 'C' }, 422],
    ['its commune', { inseeCode: '94041' }, 200],
    ['another commune', { inseeCode: '94003' }, 422],
  ])('%s', async (_where, place, status) => {
    const childId = await aSubEnvelope(app, prefecture, parentId, place);
    const line = await aSubmittedLine(app);
    const answer = await decide(app, await aDelegate(app), line.id, 'propose', { amountCents: 100, envelopeId: childId });
    expect(answer.status).toBe(status);
    if (status === 422) expect(answer.body).toMatchObject({ code: 'OUTSIDE_SUB_ENVELOPE', errors: [{ pointer: '/envelopeId' }] });
  });

  test('another funder records its decision on its own', async () => {
    const partner = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
    const root = await anEnvelope(app, { funder: 'CD94', by: partner });
    const [here, elsewhere] = [
      await aSubEnvelope(app, partner, root, { inseeCode: '94041' }),
      await aSubEnvelope(app, partner, root, { inseeCode: '94003' }),
    ];
    const line = await aSubmittedLine(app, { funder: 'CD94' });
    const decided = { amountCents: 100, decisionReference: 'CP 1', decidedOn: parisDay(app.clock.now()) };
    const record = (envelopeId: string) => decide(app, partner, line.id, 'record-decision', { ...decided, envelopeId });
    expect((await record(elsewhere)).body.code).toBe('OUTSIDE_SUB_ENVELOPE');
    expect((await record(here)).status).toBe(200);
  });
});

describe('who reads a sub-envelope', () => {
  test.each([
    ['the delegate of its sector', () => aDelegate(app, 'NE'), true, true],
    ['the delegate of another sector', () => aDelegate(app, 'C'), false, false],
    ['the instructor of the commune', () => aPerson(app, { grants: [GRANTS.instructorOf('94041')] }), false, true],
    ['the instructor of another commune', () => aPerson(app, { grants: [GRANTS.instructorOf('94003')] }), false, false],
    ['the delegate of the département', () => aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] }), true, true],
    ['the prefecture', () => aPrefecture(app), true, true],
    ['the auditor', () => aPerson(app, { grants: [GRANTS.auditor()] }), true, true],
    ['the prefecture of the other département', () => aPrefecture(app, '91'), false, false],
  ])('%s', async (_who, someone, ofSector, ofCommune) => {
    const by = await someone();
    const sector = await aSubEnvelope(app, prefecture, parentId, { sectorCode: 'NE' });
    const commune = await aSubEnvelope(app, prefecture, parentId, { inseeCode: '94041' });
    const { body } = await app.http.get(`/v1/envelopes?parentId=${parentId}`).set(by.auth).expect(200);
    const listed = (body.data as { id: string }[]).map(({ id }) => id);
    for (const [id, reads] of [
      [sector, ofSector],
      [commune, ofCommune],
    ] as const) {
      expect((await app.http.get(`/v1/envelopes/${id}`).set(by.auth)).status).toBe(reads ? 200 : 404);
      expect(listed.includes(id)).toBe(reads);
    }
  });
});
