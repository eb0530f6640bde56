import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { aDelegate, anEnvelope, aPrefecture, aProposedLine, countersOf, ledgerOf, lineYear } from '../../builders/funding.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
let envelopeId: string;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
});
beforeEach(async () => {
  envelopeId = await anEnvelope(app, { ceilingCents: 1_000_000 });
});
afterAll(() => app.close());

const adjust = (
  by: Person,
  act: 'increase' | 'decrease',
  cents: number,
  ifMatch: string | null = '"1"',
  reason = 'Dialogue de gestion',
) => {
  const asked = app.http.post(`/v1/envelopes/${envelopeId}/${act}`).set(by.auth);
  return (ifMatch === null ? asked : asked.set('If-Match', ifMatch)).send({ aeCents: cents, cpCents: cents, reason });
};

test('up and down, with a reason that the ledger keeps', async () => {
  const { body: more } = await adjust(prefecture, 'increase', 500_000).expect(200);
  expect(more).toMatchObject({ ceilingAeCents: 1_500_000, availableCents: 1_500_000, version: 2 });
  const { body: less } = await adjust(prefecture, 'decrease', 200_000, '"2"', 'Gel de crédits').expect(200);
  expect(less).toMatchObject({ ceilingAeCents: 1_300_000, ceilingCpCents: 1_300_000, version: 3 });
  expect(await ledgerOf(app, envelopeId)).toEqual(['open 1000000', 'increase 500000', 'decrease 200000']);
  const { body: movements } = await app.http.get(`/v1/envelopes/${envelopeId}/movements`).set(prefecture.auth).expect(200);
  expect(movements.data).toHaveLength(3);
  expect(movements.data[2]).toMatchObject({
    kind: 'decrease',
    aeCents: 200_000,
    reason: 'Gel de crédits',
    actorName: 'Préfecture 94',
    fundingLineId: null,
  });
  expect((await auditOf(app, envelopeId)).map(({ act }) => act)).toEqual(['envelope.opened', 'envelope.increased', 'envelope.decreased']);
  expect(await ledgerFaults(app.query)).toEqual([]);
});

test('the ledger page by page, and no page that cannot be', async () => {
  await adjust(prefecture, 'increase', 1).expect(200);
  const path = `/v1/envelopes/${envelopeId}/movements`;
  const { body: first } = await app.http.get(`${path}?limit=1`).set(prefecture.auth).expect(200);
  expect(first.data).toMatchObject([{ kind: 'open' }]);
  const { body: second } = await app.http.get(`${path}?limit=1&cursor=${first.page.nextCursor}`).set(prefecture.auth).expect(200);
  expect(second.data).toMatchObject([{ kind: 'increase' }]);
  for (const limit of ['abc', '0', '101']) {
    expect((await app.http.get(`${path}?limit=${limit}`).set(prefecture.auth)).body).toMatchObject({
      status: 400,
      code: 'VALIDATION_FAILED',
    });
  }
  expect((await app.http.get(`${path}?cursor=abc`).set(prefecture.auth)).body).toMatchObject({ status: 400, code: 'INVALID_CURSOR' });
});

test('never below what is used', async () => {
  await aProposedLine(app, { envelopeId, amountCents: 400_000 });
  const { status, body } = await adjust(prefecture, 'decrease', 600_001, '"2"');
  expect([status, body.code]).toEqual([409, 'ENVELOPE_BELOW_USE']);
  await adjust(prefecture, 'decrease', 600_000, '"2"').expect(200);
  expect(await countersOf(app, envelopeId)).toEqual({ ceiling: 400_000n, reserved: 400_000n, committed: 0n });
});

test('on the version read, with an amount and a reason', async () => {
  expect((await adjust(prefecture, 'increase', 1, null)).status).toBe(428);
  expect((await adjust(prefecture, 'increase', 1, '"9"')).body).toMatchObject({ code: 'STALE_VERSION', currentVersion: 1 });
  expect((await adjust(prefecture, 'increase', 0)).body.code).toBe('MOVEMENT_NOT_POSITIVE');
  expect((await adjust(prefecture, 'increase', 1, '"1"', ' ')).status).toBe(400);
  expect(await ledgerOf(app, envelopeId)).toEqual(['open 1000000']);
});

test('one who reads it may not change it, one who does not read it does not know of it', async () => {
  expect((await adjust(await aDelegate(app), 'increase', 1)).body.code).toBe('FORBIDDEN');
  expect((await adjust(await aPrefecture(app, '91'), 'increase', 1)).body.code).toBe('NOT_FOUND');
});

describe('who reads it', () => {
  test.each([
    ['prefecture of its département', () => aPrefecture(app), true],
    ['delegate of a sector of it', () => aDelegate(app, 'C'), true],
    ['delegate of the département', () => aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] }), true],
    ['coordination', () => aPerson(app, { grants: [GRANTS.coordinator()] }), true],
    ['auditor', () => aPerson(app, { grants: [GRANTS.auditor()] }), true],
    ['prefecture of the other département', () => aPrefecture(app, '91'), false],
    ['delegate of the other département', () => aDelegate(app, 'S'), false],
    ['another funder’s partner', () => aPerson(app, { grants: [GRANTS.partnerOf('CD94')] }), false],
    ['a city’s instructor', () => aPerson(app, { grants: [GRANTS.instructorOf('94041')] }), false],
    ['nobody in particular', () => aPerson(app), false],
  ])('%s', async (_who, someone, reads) => {
    const by = await someone();
    const one = await app.http.get(`/v1/envelopes/${envelopeId}`).set(by.auth);
    expect(one.status).toBe(reads ? 200 : 404);
    expect((await app.http.get(`/v1/envelopes/${envelopeId}/movements`).set(by.auth)).status).toBe(reads ? 200 : 404);
    const { body } = await app.http.get('/v1/envelopes?limit=100&count=true').set(by.auth).expect(200);
    const ids = (body.data as { id: string }[]).map(({ id }) => id);
    expect(ids.includes(envelopeId)).toBe(reads);
    if (!reads) expect(body.page.total).toBe(ids.length);
  });
});

test('a list by funder, year and département, page by page', async () => {
  const [{ funderId: funder }] = [(await app.http.get(`/v1/envelopes/${envelopeId}`).set(prefecture.auth)).body as { funderId: string }];
  const asked = `/v1/envelopes?funderId=${funder}&year=${lineYear(app)}&department=94`;
  const { body: all } = await app.http.get(`${asked}&count=true`).set(prefecture.auth).expect(200);
  expect(all.page.total).toBe(all.data.length);
  expect(all.data.every((row: { version: number }) => row.version >= 1)).toBe(true);
  const { body: first } = await app.http.get(`${asked}&limit=1`).set(prefecture.auth).expect(200);
  const { body: second } = await app.http.get(`${asked}&limit=1&cursor=${first.page.nextCursor}`).set(prefecture.auth).expect(200);
  expect([first.data[0].id, second.data[0].id]).toEqual(all.data.slice(0, 2).map(({ id }: { id: string }) => id));
  expect((await app.http.get('/v1/envelopes?year=2031').set(prefecture.auth)).body.data).toEqual([]);
});
