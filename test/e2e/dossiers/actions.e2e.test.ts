import { actionBody, aDossier, anApplicant, aSubmittedDossier, budgetBody, type DossierFixture } from '../../builders/dossiers.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { auditedActs, etag, seenFrom, storedDossier } from './records.js';

let app: TestApp;
let dossier: DossierFixture;

beforeAll(async () => {
  app = await startApp();
  dossier = await aDossier(app);
});
afterAll(() => app.close());

const add = async (over: Record<string, unknown> = {}, to = dossier) =>
  app.http
    .post(`/v1/dossiers/${to.id}/actions`)
    .set(to.editor.auth)
    .send(await actionBody(app, to.year, over));

const change = (actionId: string, version: number, body: object, of = dossier) =>
  app.http
    .patch(`/v1/actions/${actionId}`)
    .set({ ...of.editor.auth, ...etag(version) })
    .send(body);

test('an action says where it is: its QPV, their communes, sectors and départements see the dossier', async () => {
  const before = (await storedDossier(app, dossier.id)).version;
  const { status, body, headers } = await add({ title: 'Café des parents', places: ['Maison de quartier'], partners: ['CCAS'] });
  expect(status).toBe(201);
  expect(headers['location']).toBe(`/v1/actions/${body.id}`);
  expect(body).toMatchObject({ version: 1, dossierVersion: before + 1, qpv: ['monmousseau'], places: ['Maison de quartier'], budgets: [] });
  expect((await storedDossier(app, dossier.id)).version).toBe(before + 1);
  expect(await seenFrom(app, dossier.id)).toEqual(
    expect.arrayContaining(['commune 94041', 'department 94', 'qpv monmousseau', 'sector NE']),
  );
  expect(await auditedActs(app, body.id)).toEqual(['action.added']);
  const read = await app.http.get(`/v1/actions/${body.id}`).set(dossier.signatory.auth).expect(200);
  expect(read.body).toEqual(body);
});

test('what is optional may come later; completeness says what is missing', async () => {
  const draft = await aDossier(app);
  const bare = { title: 'Une idée', orientationCode: 'O1', startsOn: `${draft.year}-03-01`, endsOn: `${draft.year}-06-30` };
  const { body } = await app.http.post(`/v1/dossiers/${draft.id}/actions`).set(draft.editor.auth).send(bare).expect(201);
  expect(body).toMatchObject({ objectives: '', description: '', beneficiaries: null, multiYear: false, crossCuttingTags: [] });
  const { body: completeness } = await app.http.get(`/v1/dossiers/${draft.id}/completeness`).set(draft.editor.auth).expect(200);
  expect(completeness.complete).toBe(false);
  const pointers = completeness.missing.map(({ pointer }: { pointer: string }) => pointer);
  expect(pointers).toEqual(expect.arrayContaining(['/actions/1/objectives', '/actions/1/qpv', '/actions/1/beneficiaries/total']));
});

test.each([
  ['an orientation that is not the call’s', { orientationCode: 'O9', objectiveCodes: [] }, '/orientationCode', 'ORIENTATION_NOT_IN_CALL'],
  ['an objective of another orientation', { objectiveCodes: ['O2.1'] }, '/objectiveCodes/0', 'OBJECTIVE_NOT_IN_ORIENTATION'],
  ['a QPV that does not exist', { qpv: ['monmousseau', 'atlantide'] }, '/qpv/1', 'UNKNOWN_QPV'],
  ['a commune outside the territory', { qpv: [], communes: ['13055'] }, '/communes/0', 'UNKNOWN_COMMUNE'],
  ['a pocket that does not exist', { qpv: [], pocketId: '018f0000-0000-7000-8000-000000000003' }, '/pocketId', 'UNKNOWN_POCKET'],
  ['an end before the start', { startsOn: '2027-06-01', endsOn: '2027-05-31' }, '/endsOn', 'DATES_INVERTED'],
  [
    'more women and men than people',
    { beneficiaries: { total: 10, women: 8, men: 3 } },
    '/beneficiaries/women',
    'BENEFICIARIES_INCONSISTENT',
  ],
  ['more from QPV than people', { beneficiaries: { total: 10, fromQpv: 11 } }, '/beneficiaries/fromQpv', 'BENEFICIARIES_INCONSISTENT'],
  ['ages past the total', { beneficiaries: { total: 10, byAge: { a: 6, b: 5 } } }, '/beneficiaries/byAge', 'BENEFICIARIES_INCONSISTENT'],
  [
    'a target that is not of its type',
    { indicators: [{ label: 'Taux', type: 'rate', target: 120 }] },
    '/indicators/0/target',
    'INDICATOR_VALUE_INVALID',
  ],
])('refuses %s, with a pointer', async (_what, over, pointer, code) => {
  const { status, body } = await add(over);
  expect([status, body.code]).toEqual([422, 'ACTION_INVALID']);
  expect(body.errors).toEqual([expect.objectContaining({ pointer, code })]);
});

test.each([
  ['a tag of its own', { crossCuttingTags: ['sport'] }],
  ['the same QPV twice', { qpv: ['monmousseau', 'monmousseau'] }],
  ['a day that is none', { startsOn: '2027-02-30' }],
  ['a count that is negative', { beneficiaries: { total: -1 } }],
  ['a NUL among the partners', { partners: ['a\u0000'] }],
  ['an unknown field', { budget: 1 }],
  ['an unknown nested field', { beneficiaries: { total: 1, others: 2 } }],
  ['a huge text', { description: 'a'.repeat(10_001) }],
  ['an indicator value that is an object', { indicators: [{ label: 'x', type: 'text', target: {} }] }],
])('answers 400 to %s', async (_what, over) => {
  const { status, body } = await add(over);
  expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
});

test('a change keeps what it does not say, and moves who sees the dossier', async () => {
  const own = await aDossier(app, { qpv: ['monmousseau'] });
  const moved = await change(own.actionId, 1, { qpv: [], communes: ['91027'] }, own).expect(200);
  expect(moved.body).toMatchObject({
    version: 2,
    dossierVersion: own.version + 1,
    title: 'Ateliers de pratique du français',
    qpv: [],
    communes: ['91027'],
  });
  expect(moved.body.budgets).toHaveLength(1);
  const scopes = await seenFrom(app, own.id);
  expect(scopes).toEqual(expect.arrayContaining(['commune 91027', 'department 91', 'funder P147-94']));
  expect(scopes).not.toContain('commune 94041');
  expect(scopes).not.toContain('qpv monmousseau');
  const stale = await change(own.actionId, 1, { title: 'Trop tard' }, own);
  expect([stale.status, stale.body.code, stale.body.currentVersion]).toEqual([412, 'STALE_VERSION', 2]);
  expect(stale.body.current).toMatchObject({ id: own.actionId, title: 'Ateliers de pratique du français', version: 2 });
  expect((await app.http.patch(`/v1/actions/${own.actionId}`).set(own.editor.auth).send({ title: 'x' })).status).toBe(428);
  const [audit] = await app.query<{ before: { qpv: string[] }; after: { qpv: string[] } }>(
    `SELECT before, after FROM audit WHERE object_id = $1 AND act = 'action.edited'`,
    [own.actionId],
  );
  expect([audit?.before.qpv, audit?.after.qpv]).toEqual([['monmousseau'], []]);
});

test('dates that leave a budget out are refused', async () => {
  const own = await aDossier(app, { action: { multiYear: true, endsOn: `${dossier.year + 1}-06-30` } });
  await app.http
    .put(`/v1/actions/${own.actionId}/budgets/${own.year + 1}`)
    .set(own.editor.auth)
    .send(await budgetBody(app, [{ code: 'P147-94', cents: 100_000 }]))
    .expect(200);
  const { status, body } = await change(own.actionId, 1, { endsOn: `${own.year}-12-31` }, own);
  expect([status, body.code]).toEqual([409, 'BUDGET_OUTSIDE_DATES']);
});

test.each([-2, 1])('an action that does not touch the year of the call (%i) is neither added nor moved there', async (distance) => {
  const own = await aDossier(app);
  const year = own.year + distance;
  const dates = { startsOn: `${year}-01-15`, endsOn: `${year}-12-15` };
  for (const { status, body } of [await add(dates, own), await change(own.actionId, 1, dates, own)]) {
    expect([status, body.code]).toEqual([422, 'ACTION_INVALID']);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '/startsOn', code: 'DATES_OUTSIDE_CALL' })]);
    expect(body.errors[0].detail).toContain(`en ${own.year}`);
  }
  expect((await storedDossier(app, own.id)).version).toBe(own.version);
});

test('of a draft, an action goes away with what it asked for', async () => {
  const own = await aDossier(app, {
    funders: [
      { code: 'P147-94', cents: 100_000 },
      { code: 'COMMUNE-ivry-sur-seine', cents: 50_000 },
    ],
  });
  const remove = () =>
    app.http
      .delete(`/v1/actions/${own.actionId}`)
      .set({ ...own.editor.auth, ...etag(1) })
      .send();
  expect((await remove()).status).toBe(204);
  expect(await app.query('SELECT id FROM funding_lines WHERE dossier_id = $1', [own.id])).toEqual([]);
  expect(await seenFrom(app, own.id)).toEqual(['contract GOSB', `organisation ${own.organisationId}`]);
  expect((await storedDossier(app, own.id)).version).toBe(own.version + 1);
  expect((await app.http.get(`/v1/actions/${own.actionId}`).set(own.editor.auth)).status).toBe(404);
  expect((await remove()).status).toBe(404);
  expect(await auditedActs(app, own.actionId)).toEqual(['action.added', 'action.removed']);
});

test('once submitted, nothing of it changes', async () => {
  const own = await aSubmittedDossier(app);
  const answers = [
    await change(own.actionId, 1, { title: 'Autrement' }, own),
    await add({}, own),
    await app.http
      .delete(`/v1/actions/${own.actionId}`)
      .set({ ...own.editor.auth, ...etag(1) })
      .send(),
  ];
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array.from({ length: 3 }, () => [409, 'ACT_NOT_ALLOWED']));
  expect(await storedDossier(app, own.id)).toMatchObject({ state: 'submitted', version: own.version });
});

test('someone of another organisation knows nothing of it', async () => {
  const other = await anApplicant(app);
  const answers = [
    await app.http.get(`/v1/actions/${dossier.actionId}`).set(other.editor.auth),
    await app.http
      .patch(`/v1/actions/${dossier.actionId}`)
      .set({ ...other.editor.auth, ...etag(1) })
      .send({ title: 'À moi' }),
    await app.http
      .post(`/v1/dossiers/${dossier.id}/actions`)
      .set(other.editor.auth)
      .send(await actionBody(app, dossier.year)),
  ];
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array.from({ length: 3 }, () => [404, 'NOT_FOUND']));
});

test('edits of several people queue up: none is lost', async () => {
  const own = await aDossier(app);
  const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => add({ title: `Action ${index}` }, own)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 201));
  expect((await storedDossier(app, own.id)).version).toBe(own.version + 6);
  const { body } = await app.http.get(`/v1/dossiers/${own.id}`).set(own.editor.auth);
  expect(body.actions).toHaveLength(7);
});
