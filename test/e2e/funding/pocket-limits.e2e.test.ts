import { parisDay } from '../../../src/kernel/paris-day.js';
import { ledgerFaults } from '../../../src/modules/funding/index.js';
import { aPocket, aPocketLine, enterPocketLimit, pocketUse } from '../../builders/envelopes.js';
import { aDelegate, anEnvelope, aPrefecture, aSubmittedLine, decide, lineRow, lineYear, moreLines } from '../../builders/funding.js';
import { aPerson, GRANTS, type Person } from '../../builders/people.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let prefecture: Person;
let delegate: Person;
let envelopeId: string;
beforeAll(async () => {
  app = await startApp();
  [prefecture, delegate] = [await aPrefecture(app), await aPerson(app, { grants: [GRANTS.delegateOfDepartment('94')] })];
  envelopeId = await anEnvelope(app);
});
afterEach(async () => {
  expect(await ledgerFaults(app.query)).toEqual([]);
});
afterAll(() => app.close());

const propose = (lineId: string, amountCents: number, on = envelopeId) =>
  decide(app, delegate, lineId, 'propose', { amountCents, envelopeId: on });
/** 2.5 % of it is `limit`. */
const allow = async (limit: number) => expect((await enterPocketLimit(app, limit * 40)).status).toBe(200);
const free = async () => Number((await pocketUse(app)) ?? 0n);

test('as long as nobody entered the amount of the département, nothing is held for a pocket', async () => {
  const line = await aPocketLine(app);
  const { status, body } = await propose(line.id, 100);
  expect([status, body.code]).toEqual([409, 'POCKET_LIMIT_UNKNOWN']);
  expect(body.detail).toContain(`département 94 pour ${lineYear(app)}`);
  expect(await lineRow(app, line.id)).toMatchObject({ state: 'requested', reservedCents: 0n });
  // Outside pockets, nothing of it matters.
  expect((await propose((await aSubmittedLine(app)).id, 100)).status).toBe(200);
});

describe('the amount of the département', () => {
  test('is entered with its source, read by those it concerns, and recorded', async () => {
    const asked = () => app.http.put('/v1/pocket-limits/94/2031').set(prefecture.auth);
    const { status, body } = await asked().send({ baseCents: 1_000_099, source: 'Notification du 12 mars' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      department: '94',
      year: 2031,
      baseCents: 1_000_099,
      source: 'Notification du 12 mars',
      limitCents: 25_002,
      usedCents: 0,
      availableCents: 25_002,
      enteredBy: prefecture.id,
      version: 1,
    });
    expect((await asked().send({ baseCents: 1, source: 'Autre' })).status).toBe(428);
    expect((await asked().set('If-Match', '"2"').send({ baseCents: 1, source: 'Autre' })).status).toBe(412);
    const { body: again } = await asked().set('If-Match', '"1"').send({ baseCents: 400, source: 'Rectificatif' });
    expect(again).toMatchObject({ id: body.id, baseCents: 400, limitCents: 10, version: 2 });
    const { body: listed } = await app.http.get('/v1/pocket-limits?department=94&year=2031').set(delegate.auth).expect(200);
    expect(listed.data).toEqual([again]);
    expect((await auditOf(app, body.id)).map(({ act, after }) => [act, after?.['source']])).toEqual([
      ['pocket-limit.entered', 'Notification du 12 mars'],
      ['pocket-limit.entered', 'Rectificatif'],
    ]);
  });

  test.each([
    ['the prefecture of the other département', () => aPrefecture(app, '91'), '94/2032', 403],
    ['a delegate', () => aDelegate(app), '94/2032', 403],
    ['the coordination', () => aPerson(app, { grants: [GRANTS.coordinator()] }), '94/2032', 403],
    ['a département that is none', () => aPrefecture(app), '75/2032', 404],
    ['a year that is none', () => aPrefecture(app), '94/1999', 404],
  ])('not entered by or for %s', async (_who, someone, path, status) => {
    const { auth } = await someone();
    expect((await app.http.put(`/v1/pocket-limits/${path}`).set(auth).send({ baseCents: 1, source: 'x' })).status).toBe(status);
  });

  test.each([
    ['a negative amount', { baseCents: -1, source: 'x' }],
    ['a fraction of a cent', { baseCents: 1.5, source: 'x' }],
    ['more than can be counted', { baseCents: 2 ** 53, source: 'x' }],
    ['no source', { baseCents: 1, source: ' ' }],
  ])('is not %s', async (_what, body) => {
    expect((await app.http.put('/v1/pocket-limits/94/2033').set(prefecture.auth).send(body)).status).toBe(400);
  });

  test.each([
    ['the prefecture', () => aPrefecture(app), true],
    ['a delegate of a sector', () => aDelegate(app, 'C'), true],
    ['the coordination', () => aPerson(app, { grants: [GRANTS.coordinator()] }), true],
    ['the auditor', () => aPerson(app, { grants: [GRANTS.auditor()] }), true],
    ['the prefecture of the other département', () => aPrefecture(app, '91'), false],
    ['an instructor', () => aPerson(app, { grants: [GRANTS.instructorOf('94041')] }), false],
  ])('is read by %s: %s', async (_who, someone, reads) => {
    await allow(100_000);
    const { body } = await app.http
      .get('/v1/pocket-limits?count=true')
      .set((await someone()).auth)
      .expect(200);
    expect((body.data as { department: string }[]).some(({ department }) => department === '94')).toBe(reads);
    if (!reads) expect(body.page.total).toBe(0);
  });

  test('never falls below what is used, to the cent', async () => {
    await allow(1_000_000);
    const line = await aPocketLine(app);
    const before = await free();
    expect((await propose(line.id, 10_000)).status).toBe(200);
    const used = before + 10_000;
    const refused = await enterPocketLimit(app, used * 40 - 1);
    expect([refused.status, refused.body.code]).toEqual([409, 'POCKET_LIMIT_BELOW_USE']);
    expect((await enterPocketLimit(app, used * 40)).body).toMatchObject({ usedCents: used, availableCents: 0 });
    expect((await decide(app, delegate, line.id, 'release', { reason: 'Essai' })).status).toBe(200);
    expect(await free()).toBe(before);
  });
});

describe('every act on a line consumes it by its movements', () => {
  test('proposed, amended, granted, given back', async () => {
    const line = await aPocketLine(app);
    const before = await free();
    await allow(before + 50_000);
    const used = async () => (await free()) - before;
    expect((await propose(line.id, 20_000)).status).toBe(200);
    expect(await used()).toBe(20_000);
    expect((await propose(line.id, 50_000)).status).toBe(200);
    expect(await used()).toBe(50_000);
    const { status, body } = await propose(line.id, 50_001);
    expect([status, body.code]).toEqual([409, 'POCKET_LIMIT_EXCEEDED']);
    expect(body.detail).toMatch(/il reste 0,00\s€, et il en faudrait 0,01\s€/);
    expect((await decide(app, prefecture, line.id, 'approve', { amountCents: 50_001 })).body.code).toBe('POCKET_LIMIT_EXCEEDED');
    expect((await decide(app, prefecture, line.id, 'approve', { amountCents: 30_000 })).status).toBe(200);
    expect(await used()).toBe(30_000);
    expect((await decide(app, prefecture, line.id, 'release', { reason: 'Erreur' })).status).toBe(200);
    expect(await used()).toBe(0);
    expect((await propose(line.id, 10_000)).status).toBe(200);
    expect((await decide(app, prefecture, line.id, 'refuse', { reason: 'Hors critères' })).status).toBe(200);
    expect(await used()).toBe(0);
  });

  test('an envelope with room does not help, nor another one', async () => {
    const line = await aPocketLine(app);
    const before = await free();
    await allow(before + 10_000);
    const others = [await anEnvelope(app), await anEnvelope(app)];
    expect((await propose(line.id, 10_001)).body.code).toBe('POCKET_LIMIT_EXCEEDED');
    expect((await propose(line.id, 10_000)).status).toBe(200);
    // From one envelope to another and back, with the limit full: it takes no more room than it has.
    for (const id of [...others, envelopeId]) expect((await propose(line.id, 10_000, id)).status).toBe(200);
    expect((await decide(app, delegate, line.id, 'release', { reason: 'Essai' })).status).toBe(200);
  });

  test('the pockets of the other département have their own', async () => {
    const line = await aPocketLine(app, { funder: 'P147-91' });
    const own = await anEnvelope(app, { funder: 'P147-91' });
    const by = await aPerson(app, { grants: [GRANTS.delegateOfDepartment('91')] });
    const ask = () => decide(app, by, line.id, 'propose', { amountCents: 100, envelopeId: own });
    expect((await ask()).body.code).toBe('POCKET_LIMIT_UNKNOWN');
    expect((await enterPocketLimit(app, 4_000, { department: '91' })).status).toBe(200);
    expect((await ask()).status).toBe(200);
    expect(await pocketUse(app, '91')).toBe(100n);
  });

  test('another funder’s money in a pocket is none of it', async () => {
    const partner = await aPerson(app, { grants: [GRANTS.partnerOf('CD94')] });
    const line = await aPocketLine(app, { funder: 'CD94', pocketId: await aPocket(app) });
    const own = await anEnvelope(app, { funder: 'CD94', by: partner });
    const before = await free();
    const decided = { amountCents: 400_000, decisionReference: 'CP 1', decidedOn: parisDay(app.clock.now()) };
    expect((await decide(app, partner, line.id, 'record-decision', { ...decided, envelopeId: own })).status).toBe(200);
    expect(await free()).toBe(before);
  });

  test('forty at once on a limit that holds ten: exactly ten pass', async () => {
    const first = await aPocketLine(app);
    const ids = [first.id, ...(await moreLines(app, first, 39))];
    const before = await free();
    await allow(before + 1_000);
    const on = [envelopeId, await anEnvelope(app), await anEnvelope(app)];
    const answers = await Promise.all(ids.map((id, rank) => propose(id, 100, on[rank % 3])));
    const codes = answers.map(({ status, body }) => (status === 200 ? 'passed' : (body.code as string)));
    expect(codes.filter((code) => code === 'passed')).toHaveLength(10);
    expect(codes.filter((code) => code === 'POCKET_LIMIT_EXCEEDED')).toHaveLength(30);
    expect(await free()).toBe(before + 1_000);
  });
});

describe('an action that holds credit keeps its pocket', () => {
  test('neither another nor none, as long as it holds some', async () => {
    await allow((await free()) + 10_000);
    const line = await aPocketLine(app);
    expect((await propose(line.id, 100)).status).toBe(200);
    const change = (pocketId: string | null) =>
      app.query('UPDATE actions SET pocket_id = $2 WHERE id = $1', [line.dossier.actionId, pocketId]);
    await expect(change(null)).rejects.toMatchObject({ code: '23514' });
    await expect(app.query('UPDATE funding_lines SET pocket_id = NULL WHERE id = $1', [line.id])).rejects.toMatchObject({ code: '23514' });
    expect((await decide(app, delegate, line.id, 'release', { reason: 'Essai' })).status).toBe(200);
    const before = await free();
    await change(null);
    expect((await propose(line.id, 100)).status).toBe(200);
    expect(await free()).toBe(before);
    await expect(change(line.pocketId)).rejects.toMatchObject({ code: '23514' });
  });

  test('by the API its dossier can’t be edited any more', async () => {
    await allow((await free()) + 10_000);
    const line = await aPocketLine(app);
    expect((await propose(line.id, 100)).status).toBe(200);
    const edited = await app.http
      .patch(`/v1/actions/${line.dossier.actionId}`)
      .set(line.dossier.editor.auth)
      .set('If-Match', '"1"')
      .send({ pocketId: null, qpv: ['gagarine'] });
    expect([edited.status, edited.body.code]).toEqual([409, 'ACT_NOT_ALLOWED']);
  });

  test('a change and a proposal at once: one waits for the other, and the count is right', async () => {
    await allow((await free()) + 100_000);
    for (let round = 0; round < 5; round++) {
      const line = await aPocketLine(app);
      await Promise.allSettled([
        propose(line.id, 100),
        app.query('UPDATE actions SET pocket_id = NULL WHERE id = $1', [line.dossier.actionId]),
      ]);
      expect(await ledgerFaults(app.query)).toEqual([]);
    }
  });
});
