import { plusDays } from '../../../src/kernel/day.js';
import { parisDay } from '../../../src/kernel/paris-day.js';
import { alsoDelegateOf } from '../../builders/approval.js';
import { aDelegate, aPrefecture, funderId } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
let delegate: Person;
beforeAll(async () => {
  app = await startApp();
  prefecture = await aPrefecture(app);
});
beforeEach(async () => {
  delegate = await aDelegate(app);
});
afterAll(() => app.close());

const grant = async (by: Person, over: object = {}, funder = 'P147-94') =>
  app.http
    .post('/v1/signature-delegations')
    .set(by.auth)
    .send({
      userId: delegate.id,
      funderId: await funderId(app, funder),
      sectorCode: 'NE',
      ceilingCents: 1_000_000,
      validFrom: '2027-01-01',
      validUntil: '2027-06-30',
      reference: 'Arrêté 2027-0012',
      ...over,
    });

test('is granted, read with both its days, and recorded', async () => {
  const answer = await grant(prefecture);
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    userId: delegate.id,
    userName: 'Délégué NE',
    funderCode: 'P147-94',
    sectorCode: 'NE',
    ceilingCents: 1_000_000,
    validFrom: '2027-01-01',
    validUntil: '2027-06-30',
    grantedBy: prefecture.id,
  });
  const [trace] = await auditOf(app, (answer.body as { id: string }).id);
  expect(trace).toMatchObject({ act: 'signature-delegation.granted', actorId: prefecture.id });
  expect(JSON.stringify(trace)).not.toContain('Délégué NE');
});

test('one at a time for a person, a funder and a sector; the day after the last is free', async () => {
  await grant(prefecture);
  expect((await grant(prefecture, { validFrom: '2027-06-30', validUntil: '2027-12-31' })).body.code).toBe('DELEGATION_OVERLAPS');
  expect((await grant(prefecture, { validFrom: '2027-07-01', validUntil: '2027-12-31' })).status).toBe(201);
  await alsoDelegateOf(app, delegate, 'C');
  expect((await grant(prefecture, { sectorCode: 'C' })).status).toBe(201);
});

test.each([
  ['dates the wrong way round', { validFrom: '2027-07-01' }, 422, 'DELEGATION_ENDS_BEFORE_START'],
  ['a sector of the other département', { sectorCode: 'S' }, 422, 'WRONG_SECTOR'],
  ['somebody unknown', { userId: '00000000-0000-7000-8000-000000000001' }, 422, 'UNKNOWN_REFERENCE'],
  ['nothing to sign for', { ceilingCents: 0 }, 400, 'VALIDATION_FAILED'],
])('refused for what it says: %s', async (_what, over, status, code) => {
  expect((await grant(prefecture, over)).body).toMatchObject({ status, code });
});

test('not to oneself, not for another funder’s money', async () => {
  expect((await grant(prefecture, { userId: prefecture.id })).body.code).toBe('DELEGATION_TO_SELF');
  expect((await grant(prefecture, {}, 'CD94')).body.code).toBe('NOT_PROGRAMME_147');
});

test.each([
  ['somebody who is no delegate', () => aPerson(app), { sectorCode: 'NE' }, 409],
  ['the delegate of another sector', () => aDelegate(app, 'C'), { sectorCode: 'NE' }, 409],
  ['the delegate of the other département', () => aDelegate(app, 'S'), { sectorCode: undefined }, 409],
  ['the delegate of the whole département', () => aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] }), { sectorCode: 'NE' }, 201],
  ['a delegate of a part of it, for the whole', () => aDelegate(app, 'C'), { sectorCode: undefined }, 201],
])('only to a delegate there: %s', async (_who, someone, over, status) => {
  const answer = await grant(prefecture, { userId: (await someone()).id, ...over });
  expect([answer.status, answer.status === 201 ? undefined : (answer.body as { code: string }).code]).toEqual([
    status,
    status === 201 ? undefined : 'NOT_A_DELEGATE',
  ]);
});

test('not to who was a delegate', async () => {
  await app.query('UPDATE grants SET revoked_at = now(), revoked_by = $2 WHERE user_id = $1', [delegate.id, prefecture.id]);
  expect((await grant(prefecture)).body.code).toBe('NOT_A_DELEGATE');
});

describe('ends early', () => {
  const day = (offset: number) => plusDays(parisDay(app.clock.now()), offset);
  const given = async (validFrom = day(-10), validUntil = day(10)): Promise<string> =>
    ((await grant(prefecture, { validFrom, validUntil })).body as { id: string }).id;
  const end = (by: Person, id: string, over: object = {}, version = 1) =>
    app.http
      .post(`/v1/signature-delegations/${id}/end`)
      .set({ ...by.auth, 'If-Match': `"${version}"` })
      .send({ endsOn: day(0), reason: 'Mutation', ...over });

  test('with a reason, is recorded, and frees the days after', async () => {
    const id = await given();
    const { status, body } = await end(prefecture, id);
    expect([status, body]).toMatchObject([200, { id, validFrom: day(-10), validUntil: day(0), endReason: 'Mutation', version: 2 }]);
    const [, trace] = await auditOf(app, id);
    expect(trace).toMatchObject({
      act: 'signature-delegation.ended',
      actorId: prefecture.id,
      after: { validUntil: day(0), endReason: 'Mutation' },
    });
    expect((await end(prefecture, id)).body.code).toBe('STALE_VERSION');
    expect((await grant(prefecture, { validFrom: day(1), validUntil: day(10) })).status).toBe(201);
  });

  test('yesterday at the earliest: it holds no more at once', async () => {
    const id = await given();
    expect((await end(prefecture, id, { endsOn: day(-2) })).body.code).toBe('DELEGATION_ENDS_IN_PAST');
    expect((await end(prefecture, id, { endsOn: day(-1) })).status).toBe(200);
  });

  test('is not prolonged, nor ended before it starts', async () => {
    const id = await given(day(5), day(10));
    expect((await end(prefecture, id, { endsOn: day(10) })).body.code).toBe('DELEGATION_NOT_SHORTENED');
    expect((await end(prefecture, id, { endsOn: day(4) })).body.code).toBe('DELEGATION_ENDS_BEFORE_START');
    expect((await end(prefecture, id, { endsOn: day(5) })).status).toBe(200);
  });

  test.each([
    ['the delegate', () => Promise.resolve(delegate), 403],
    ['the coordination', () => aPerson(app, { grants: [GRANTS.coordinator()] }), 403],
    ['the prefecture of the other département', () => aPrefecture(app, '91'), 404],
    ['somebody', () => aPerson(app), 404],
  ])('not by %s', async (_who, someone, status) => {
    const id = await given();
    expect((await end(await someone(), id)).status).toBe(status);
  });

  test('once, when two end it at once', async () => {
    const id = await given();
    const answers = await Promise.all([1, 2].map(async (offset) => (await end(prefecture, id, { endsOn: day(offset) })).status));
    expect(answers.toSorted()).toEqual([200, 412]);
  });
});

test.each([
  ['the prefecture of the other département', () => aPrefecture(app, '91')],
  ['a delegate', () => aDelegate(app)],
  ['the coordination', () => aPerson(app, { grants: [GRANTS.coordinator()] })],
])('not by %s', async (_who, someone) => {
  expect((await grant(await someone())).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
});

test('read by those of its département and by who sees the whole contract', async () => {
  const { id } = (await grant(prefecture)).body as { id: string };
  const sees = async (by: Person) => {
    const { body } = await app.http.get(`/v1/signature-delegations?userId=${delegate.id}&count=true`).set(by.auth).expect(200);
    return [(body.data as { id: string }[]).some((row) => row.id === id), body.page.total];
  };
  expect(await sees(prefecture)).toEqual([true, 1]);
  expect(await sees(delegate)).toEqual([true, 1]);
  expect(await sees(await aPerson(app, { grants: [GRANTS.auditor()] }))).toEqual([true, 1]);
  expect(await sees(await aDelegate(app, 'C'))).toEqual([false, 0]);
  expect(await sees(await aPrefecture(app, '91'))).toEqual([false, 0]);
  expect(await sees(await aPerson(app))).toEqual([false, 0]);
});
