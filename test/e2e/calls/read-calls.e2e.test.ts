import { CallStages, Calls, callStatus } from '../../../src/modules/calls/index.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { SYSTEM } from '../../../src/platform/auth/system-actor.js';
import { aCall, aCoordinator, aDraftCall, type CallBody } from '../../builders/calls.js';
import { aPerson, GRANTS } from '../../builders/people.js';
import { startApp, type TestApp } from '../../setup/app.js';

const OPENS = '2026-10-01T07:00:00.000Z';
const CLOSES = '2026-11-30T11:00:00.000Z';
const body = { opensAt: OPENS, closesAt: CLOSES, year: 2027 };

let app: TestApp;
let published: CallBody;
let closedByHand: CallBody;
let draft: CallBody;
beforeAll(async () => {
  app = await startApp();
  app.clock.freeze('2026-09-01T08:00:00Z');
  const by = await aCoordinator(app);
  published = await aCall(app, { by, body: { ...body, title: 'Publié' } });
  closedByHand = await aCall(app, { by, body: { ...body, title: 'Fermé', year: 2026 } });
  draft = await aDraftCall(app, { by, body: { ...body, title: 'Brouillon' } });
  await app.http.post(`/v1/calls/${closedByHand.id}/close`).set(by.auth).set('If-Match', `"${closedByHand.version}"`).expect(200);
});
afterAll(() => app.close());

interface Listed {
  data: CallBody[];
  page: { nextCursor: string | null; total?: number };
}
const list = async (query: string, grants: Parameters<typeof aPerson>[1] = {}): Promise<Listed> =>
  (
    await app.http
      .get(`/v1/calls${query}`)
      .set((await aPerson(app, grants)).auth)
      .expect(200)
  ).body as Listed;
const titles = async (query: string, grants: Parameters<typeof aPerson>[1] = {}): Promise<string[]> =>
  (await list(query, grants)).data.map(({ title }) => title);

describe('a draft', () => {
  test('is hidden from all but the coordination and the auditor, in lists and counts too', async () => {
    const prefecture = await aPerson(app, { grants: [GRANTS.prefectureOf('94')] });
    expect((await app.http.get(`/v1/calls/${draft.id}`).set(prefecture.auth).expect(404)).body).toMatchObject({ code: 'NOT_FOUND' });
    expect(await titles('?status=draft', { grants: [GRANTS.prefectureOf('94')] })).toEqual([]);
    expect((await list('?count=true')).page.total).toBe(2);
    expect((await list('?count=true', { grants: [GRANTS.auditor()] })).page.total).toBe(3);
    expect(await titles('?status=draft', { grants: [GRANTS.auditor()] })).toEqual(['Brouillon']);
    expect((await list('?status=draft', { grants: [GRANTS.coordinator()] })).data).toEqual([draft]);
  });
});

test('latest year first, by pages', async () => {
  const first = await list('?limit=1');
  expect(first.data.map(({ title }) => title)).toEqual(['Publié']);
  const second = await list(`?limit=1&cursor=${first.page.nextCursor ?? ''}`);
  expect(second.data.map(({ title }) => title)).toEqual(['Fermé']);
  expect(second.page.nextCursor).toBeNull();
  expect(await titles('?year=2026')).toEqual(['Fermé']);
});

test.each([
  ['before the opening', '2026-10-01T06:59:59.999Z', 'published'],
  ['at the opening', OPENS, 'open'],
  ['at the closing', CLOSES, 'open'],
  ['1 ms after the closing', '2026-11-30T11:00:00.001Z', 'closed'],
])('%s, a call reads and filters as %s → %s', async (_when, now, status) => {
  app.clock.freeze(now);
  const anyone = await aPerson(app);
  expect((await app.http.get(`/v1/calls/${published.id}`).set(anyone.auth).expect(200)).body).toMatchObject({ status });
  expect(await titles(`?status=${status}&year=2027`)).toEqual(['Publié']);
  for (const other of ['published', 'open', 'closed'].filter((one) => one !== status)) {
    expect(await titles(`?status=${other}&year=2027`)).toEqual([]);
  }
});

test('each row carries the version to decide on', async () => {
  expect((await list('?year=2026')).data).toEqual([expect.objectContaining({ version: 3, status: 'closed' })]);
});

test.each([
  ['?status=ferme', 'VALIDATION_FAILED'],
  ['?year=abc', 'VALIDATION_FAILED'],
  ['?couleur=bleu', 'VALIDATION_FAILED'],
  ['?limit=101', 'VALIDATION_FAILED'],
  ['?cursor=faux', 'INVALID_CURSOR'],
])('%s is refused', async (query, code) => {
  const { body: problem } = await app.http
    .get(`/v1/calls${query}`)
    .set((await aPerson(app)).auth)
    .expect(400);
  expect(problem).toMatchObject({ code });
});

test('nobody reads calls without signing in', async () => {
  await app.http.get('/v1/calls').expect(401);
  await app.http.get(`/v1/calls/${published.id}`).expect(401);
});

describe('for the modules above', () => {
  test('a call as a dossier meets it', async () => {
    const calls = app.app.get(Calls, { strict: false });
    const found = await calls.forDossier(app.query, published.id, '01900000-0000-7000-8000-000000000000');
    expect(found).toMatchObject({
      state: 'published',
      closesAt: new Date(CLOSES),
      extensionUntil: null,
      tracks: [{ code: 'annual', label: 'Programmation annuelle' }],
      publicMoneyCeilingPercent: 80,
    });
    await expect(calls.forDossier(app.query, draft.id.replace(/^./, 'f'), draft.id)).rejects.toMatchObject({ code: 'UNKNOWN_CALL' });
    expect((await calls.byId(app.query, closedByHand.id))?.state).toBe('closed');
  });

  test('calls about to close: neither drafts, nor those closed by hand', async () => {
    const calls = app.app.get(Calls, { strict: false });
    const dayBefore = new Date('2026-11-29T11:00:00Z');
    expect((await calls.closingBetween(app.query, dayBefore, new Date(CLOSES))).map(({ id }) => id)).toEqual([published.id]);
    expect(await calls.closingBetween(app.query, new Date(CLOSES), new Date('2027-01-01T00:00:00Z'))).toEqual([]);
  });

  test('announced results show as the status once closed, and move no version', async () => {
    const work = app.app.get(UnitOfWork);
    const announce = () =>
      work.run(SYSTEM, (tx) => app.app.get(CallStages, { strict: false }).advance(tx, closedByHand.id, 'announce-results'));
    await announce();
    await announce();
    expect((await list('?status=notified')).data).toEqual([
      expect.objectContaining({ id: closedByHand.id, version: 3, statusLabel: 'résultats annoncés' }),
    ]);
    const call = await app.app.get(Calls, { strict: false }).byId(app.query, closedByHand.id);
    expect(call && callStatus(call, app.clock.now())).toBe('notified');
    expect(await app.query(`SELECT after FROM audit WHERE object_id = $1 AND act = 'call.announce-results'`, [closedByHand.id])).toEqual([
      { after: { stage: 'notified' } },
    ]);
  });
});
