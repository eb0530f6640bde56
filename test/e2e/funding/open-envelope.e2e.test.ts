import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { aDelegate, aPrefecture, funderId, ledgerOf } from '../../builders/funding.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
});
afterAll(() => app.close());

let programmes = 0;
const wanted = async (funder: string, over: object = {}) => ({
  funderId: await funderId(app, funder),
  programme: `P147-${++programmes}`,
  year: 2027,
  ceilingAeCents: 500_000_00,
  ceilingCpCents: 500_000_00,
  ...over,
});
const open = async (by: Person, funder: string, over: object = {}) =>
  app.http
    .post('/v1/envelopes')
    .set(by.auth)
    .send(await wanted(funder, over));

test('the prefecture opens an envelope of programme 147: the ledger begins, the act is recorded', async () => {
  const answer = await open(prefecture, 'P147-94', { programme: 'P147-01' });
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    funderCode: 'P147-94',
    programme: 'P147-01',
    year: 2027,
    department: '94',
    ceilingAeCents: 500_000_00,
    ceilingCpCents: 500_000_00,
    reservedCents: 0,
    committedCents: 0,
    delegatedCents: 0,
    paidCents: 0,
    availableCents: 500_000_00,
    version: 1,
  });
  expect(answer.headers['etag']).toBe('"1"');
  const { id } = answer.body as { id: string };
  expect(answer.headers['location']).toBe(`/v1/envelopes/${id}`);
  expect(await ledgerOf(app, id)).toEqual(['open 50000000']);
  expect(await ledgerFaults(app.query)).toEqual([]);
  expect(await auditOf(app, id)).toEqual([
    expect.objectContaining({
      act: 'envelope.opened',
      actorId: prefecture.id,
      before: null,
      after: expect.objectContaining({ ceilingAeCents: '50000000' }),
    }),
  ]);
});

test('one envelope a funder, programme, year and département', async () => {
  await open(prefecture, 'P147-94', { programme: 'P147-unique' });
  const { status, body } = await open(prefecture, 'P147-94', { programme: 'P147-unique' });
  expect([status, body.code]).toEqual([409, 'ENVELOPE_ALREADY_OPEN']);
});

test('the less of AE and CP is what is available', async () => {
  const { body } = await open(prefecture, 'P147-94', { ceilingCpCents: 300_000_00 });
  expect(body).toMatchObject({ ceilingAeCents: 500_000_00, ceilingCpCents: 300_000_00, availableCents: 300_000_00 });
});

describe('who keeps a funder’s envelopes', () => {
  test.each([
    ['the prefecture of Essonne, those of Essonne', () => aPrefecture(app, '91'), 'P147-91', 201],
    ['the prefecture of Essonne, not those of Val-de-Marne', () => aPrefecture(app, '91'), 'P147-94', 403],
    ['a delegate, none of programme 147', () => aDelegate(app), 'P147-94', 403],
    ['a partner named on programme 147, none of it', () => aPerson(app, { grants: [GRANTS.partnerOf('P147-94')] }), 'P147-94', 403],
    ['a partner, its own funder’s', () => aPerson(app, { grants: [GRANTS.partnerOf('CD94')] }), 'CD94', 201],
    ['a partner, not another’s', () => aPerson(app, { grants: [GRANTS.partnerOf('CAF94')] }), 'CD94', 403],
    ['an instructor, its city’s', () => aPerson(app, { grants: [GRANTS.instructorOf('94041')] }), 'COMMUNE-ivry-sur-seine', 201],
    ['an instructor, not another city’s', () => aPerson(app, { grants: [GRANTS.instructorOf('94081')] }), 'COMMUNE-ivry-sur-seine', 403],
    ['the prefecture, not the Département’s', () => aPrefecture(app, '94'), 'CD94', 403],
    ['the coordination, none', () => aPerson(app, { grants: [GRANTS.coordinator()] }), 'EPT', 403],
  ])('%s', async (_who, someone, funder, status) => {
    expect((await open(await someone(), funder)).status).toBe(status);
  });
});

test.each([
  ['another département than the funder’s', { department: '91' }, 'WRONG_DEPARTMENT'],
  ['no credit at all', { ceilingAeCents: 0, ceilingCpCents: 0 }, 'MOVEMENT_NOT_POSITIVE'],
  ['an unknown funder', { funderId: '00000000-0000-7000-8000-000000000001' }, 'UNKNOWN_REFERENCE'],
])('refused for what it says: %s', async (_what, over, code) => {
  const { status, body } = await open(prefecture, 'P147-94', over);
  expect([status, body.code]).toEqual([422, code]);
});

test('a funder that acts in both départements may keep them apart', async () => {
  const partner = await aPerson(app, { grants: [GRANTS.partnerOf('EPT')] });
  expect((await open(partner, 'EPT', { programme: 'DSU', department: '91' })).body).toMatchObject({ department: '91' });
  expect((await open(partner, 'EPT', { programme: 'DSU' })).body).toMatchObject({ department: null });
});
