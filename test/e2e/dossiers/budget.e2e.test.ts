import { aDossier, aSubmittedDossier, budgetBody, funderId, type DossierFixture } from '../../builders/dossiers.js';
import { startApp, type TestApp } from '../../setup/app.js';
import { auditedActs, etag, seenFrom, storedDossier } from './records.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const write = (dossier: DossierFixture, body: object, version: number | null = 1, year = dossier.year) => {
  const request = app.http.put(`/v1/actions/${dossier.actionId}/budgets/${year}`).set(dossier.editor.auth);
  return (version === null ? request : request.set(etag(version))).send(body);
};

const rows = (charges: [string, number][], products: [string, number, string?][]) => ({
  charges: charges.map(([account, amountCents]) => ({ account, amountCents })),
  products: products.map(([account, amountCents, funder]) => ({
    account,
    amountCents,
    ...(funder === undefined ? {} : { funderId: funder }),
  })),
});

test('a budget gives its totals, its gaps and its lines; the dossier follows', async () => {
  const dossier = await aDossier(app, { funders: [{ code: 'P147-94', cents: 300_000 }] });
  const { body, headers } = await app.http
    .get(`/v1/actions/${dossier.actionId}/budgets/${dossier.year}`)
    .set(dossier.editor.auth)
    .expect(200);
  expect(headers['etag']).toBe('"1"');
  expect(body).toMatchObject({
    year: dossier.year,
    version: 1,
    totals: {
      chargesCents: 400_000,
      productsCents: 400_000,
      requestedCents: 300_000,
      publicMoneyCents: 300_000,
      publicMoneyBasisPoints: 7500,
    },
    gaps: { chargesMinusProductsCents: 0, voluntaryChargesMinusProductsCents: 0 },
    violations: [],
    fundingLines: [{ id: dossier.lines[0]!.id, requestedCents: 300_000, status: 'draft', grantedCents: null, year: dossier.year }],
  });
  expect(dossier.version).toBe(3);
  expect(await auditedActs(app, body.id)).toEqual(['budget.written']);
});

test('lines that stay keep their ids, those that go disappear, those that come see the dossier', async () => {
  const dossier = await aDossier(app, {
    funders: [
      { code: 'P147-94', cents: 300_000 },
      { code: 'CD94', cents: 100_000 },
    ],
  });
  const [kept] = dossier.lines;
  const next = await budgetBody(app, [
    { code: 'P147-94', cents: 350_000 },
    { code: 'COMMUNE-vitry-sur-seine', cents: 50_000 },
  ]);
  const { body } = await write(dossier, next).expect(200);
  expect(body).toMatchObject({ version: 2, dossierVersion: dossier.version + 1 });
  const ids = body.fundingLines.map(({ id, requestedCents }: { id: string; requestedCents: number }) => [id, requestedCents]);
  expect(ids).toEqual([
    [kept!.id, 350_000],
    [expect.any(String), 50_000],
  ]);
  const scopes = await seenFrom(app, dossier.id);
  expect(scopes).toEqual(expect.arrayContaining(['commune 94081', 'funder COMMUNE-vitry-sur-seine', 'funder P147-94']));
  expect(scopes).not.toContain('funder CD94');
});

test('one funder asked for two schemes is two lines', async () => {
  const dossier = await aDossier(app, {
    funders: [
      { code: 'P147-94', cents: 100_000, scheme: "Quartiers d'été" },
      { code: 'P147-94', cents: 200_000 },
    ],
  });
  const { body } = await app.http.get(`/v1/actions/${dossier.actionId}`).set(dossier.editor.auth);
  const schemes = body.budgets[0].fundingLines.map(({ scheme, requestedCents }: { scheme: string | null; requestedCents: number }) => [
    scheme,
    requestedCents,
  ]);
  expect(schemes).toEqual(
    expect.arrayContaining([
      ["Quartiers d'été", 100_000],
      [null, 200_000],
    ]),
  );
});

test('a budget out of balance is kept, and explains itself', async () => {
  const dossier = await aDossier(app);
  const state = await funderId(app, 'P147-94');
  const broken = rows(
    [
      ['60', 100_000],
      ['864', 20_000],
    ],
    [
      ['74', 150_000, state],
      ['875', 5_000],
    ],
  );
  const { body } = await write(dossier, broken).expect(200);
  expect(body.violations.map(({ code }: { code: string }) => code)).toEqual([
    'BUDGET_UNBALANCED',
    'VOLUNTARY_UNBALANCED',
    'REQUESTED_ABOVE_CHARGES',
    'PUBLIC_MONEY_ABOVE_CEILING',
  ]);
  expect(body.violations[0]).toMatchObject({ leftCents: 100_000, rightCents: 150_000, gapCents: -50_000 });
  expect(body.gaps).toEqual({ chargesMinusProductsCents: -50_000, voluntaryChargesMinusProductsCents: 15_000 });
  const refused = await app.http
    .post(`/v1/dossiers/${dossier.id}/request-attestation`)
    .set({ ...dossier.editor.auth, ...etag(body.dossierVersion) })
    .send();
  expect([refused.status, refused.body.code]).toEqual([409, 'DOSSIER_INCOMPLETE']);
  expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain(`/actions/0/budgets/${dossier.year}`);
});

test('the first budget needs no version, the following ones do', async () => {
  const dossier = await aDossier(app);
  const body = await budgetBody(app, [{ code: 'CD94', cents: 100_000 }]);
  expect((await write(dossier, body, null)).body.code).toBe('VERSION_REQUIRED');
  expect((await write(dossier, body, 1)).status).toBe(200);
  const stale = await write(dossier, body, 1);
  expect([stale.status, stale.body.code, stale.body.currentVersion]).toEqual([412, 'STALE_VERSION', 2]);
  expect(stale.body.current).toMatchObject({ version: 2, charges: body.charges });
});

test('a multi-year action has a budget a year', async () => {
  const dossier = await aDossier(app);
  const second = dossier.year + 1;
  const body = await budgetBody(app, [{ code: 'P147-94', cents: 100_000 }]);
  const outside = await write(dossier, body, null, second);
  expect([outside.status, outside.body.code]).toEqual([422, 'BUDGET_YEAR_OUTSIDE_ACTION']);
  await app.http
    .patch(`/v1/actions/${dossier.actionId}`)
    .set({ ...dossier.editor.auth, ...etag(1) })
    .send({ multiYear: true, endsOn: `${second}-12-31` })
    .expect(200);
  const written = await write(dossier, body, null, second).expect(200);
  expect(written.body).toMatchObject({ year: second, version: 1, fundingLines: [{ year: second }] });
  const removed = await app.http
    .delete(`/v1/actions/${dossier.actionId}/budgets/${second}`)
    .set({ ...dossier.editor.auth, ...etag(1) })
    .send();
  expect(removed.status).toBe(204);
  expect(await app.query('SELECT year FROM funding_lines WHERE action_id = $1', [dossier.actionId])).toEqual([{ year: dossier.year }]);
});

test.each([
  ['an unknown account', rows([['99', 1]], []), '/charges/0/account', 'UNKNOWN_ACCOUNT'],
  ['a product among the charges', rows([['74', 1]], []), '/charges/0/account', 'UNKNOWN_ACCOUNT'],
  [
    'a scheme without funder',
    { charges: [], products: [{ account: '74', amountCents: 1, scheme: 'FIPD' }] },
    '/products/0/scheme',
    'SCHEME_WITHOUT_FUNDER',
  ],
])('refuses %s, with a pointer', async (_what, body, pointer, code) => {
  const dossier = await aDossier(app);
  const answer = await write(dossier, body);
  expect([answer.status, answer.body.code]).toEqual([422, 'BUDGET_ROWS_INVALID']);
  expect(answer.body.errors).toEqual([expect.objectContaining({ pointer, code })]);
  expect((await storedDossier(app, dossier.id)).version).toBe(dossier.version);
});

test('refuses a funder that does not exist, one outside 74, and the same one twice', async () => {
  const dossier = await aDossier(app);
  const state = await funderId(app, 'P147-94');
  const unknown = await write(dossier, rows([], [['74', 1, '018f0000-0000-7000-8000-000000000003']]));
  expect([unknown.status, unknown.body.code, unknown.body.errors[0].pointer]).toEqual([422, 'UNKNOWN_FUNDER', '/products/0/funderId']);
  const department = await funderId(app, 'CD94');
  const asked: [string, number, string][] = [
    ['74', 1, state],
    ['74', 2, state],
    ['70', 3, department],
  ];
  const twice = await write(dossier, rows([], asked));
  expect(twice.body.errors.map(({ code }: { code: string }) => code)).toEqual(['DUPLICATE_FUNDER', 'FUNDER_OUTSIDE_74']);
});

test.each([
  ['one it has', 'CAF94', 'PS Jeunes', null],
  ['none', 'CAF94', undefined, null],
  ['an invented one', 'CAF94', 'Dispositif inventé', 'UNKNOWN_SCHEME'],
  ['one of another funder', 'P147-94', 'PS Jeunes', 'UNKNOWN_SCHEME'],
])('a scheme is one its funder has: %s', async (_what, code, scheme, refusal) => {
  const dossier = await aDossier(app);
  const body = await budgetBody(app, [{ code, cents: 100_000, ...(scheme === undefined ? {} : { scheme }) }]);
  const answer = await write(dossier, body);
  if (refusal === null) return expect(answer.status).toBe(200);
  expect([answer.status, answer.body.code]).toEqual([422, 'UNKNOWN_FUNDER']);
  expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '/products/1/scheme', code: refusal })]);
  return expect((await storedDossier(app, dossier.id)).version).toBe(dossier.version);
});

test('a funder that lists no scheme is asked without any', async () => {
  const dossier = await aDossier(app);
  const [funder] = await app.query<{ code: string }>(
    'SELECT code FROM funders f WHERE NOT EXISTS (SELECT FROM funder_schemes s WHERE s.funder_id = f.id) ORDER BY code LIMIT 1',
  );
  const { code } = funder!;
  const refused = await write(dossier, await budgetBody(app, [{ code, cents: 100_000, scheme: 'FIPD' }]));
  expect([refused.status, refused.body.errors?.[0]]).toMatchObject([422, { pointer: '/products/1/scheme', code: 'UNKNOWN_SCHEME' }]);
  expect((await write(dossier, await budgetBody(app, [{ code, cents: 100_000 }]))).status).toBe(200);
});

test.each([
  ['a fraction of a cent', { amountCents: 0.5 }],
  ['a negative amount', { amountCents: -1 }],
  ['an amount as text', { amountCents: '100' }],
  ['an amount past the limit', { amountCents: 1e15 }],
  ['a NUL', { label: 'a\u0000' }],
  ['an unknown field', { vat: 20 }],
])('answers 400 to %s', async (_what, over) => {
  const dossier = await aDossier(app);
  const { status, body } = await write(dossier, { charges: [{ account: '60', amountCents: 1, ...over }], products: [] });
  expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
});

test.each(['1999', 'abc', '20270'])('a year such as %s names nothing', async (year) => {
  const dossier = await aDossier(app);
  const { status } = await app.http.get(`/v1/actions/${dossier.actionId}/budgets/${year}`).set(dossier.editor.auth);
  expect(status).toBe(404);
});

test('during a complement a line that is judged neither vanishes nor changes, the others may', async () => {
  const dossier = await aSubmittedDossier(app, {
    funders: [
      { code: 'P147-94', cents: 300_000 },
      { code: 'CD94', cents: 100_000 },
    ],
  });
  await app.query(`UPDATE dossiers SET state = 'to-complete' WHERE id = $1`, [dossier.id]);
  await app.query(`UPDATE funding_lines SET state = 'instructed' WHERE id = $1`, [dossier.lines[0]!.id]);
  const refused = await write(dossier, await budgetBody(app, [{ code: 'CD94', cents: 100_000 }]));
  expect([refused.status, refused.body.code]).toEqual([409, 'LINE_IN_PROGRESS']);
  expect(await storedDossier(app, dossier.id)).toMatchObject({ state: 'to-complete', version: dossier.version });
  const kept = await write(dossier, await budgetBody(app, [{ code: 'P147-94', cents: 300_000 }])).expect(200);
  expect(kept.body.fundingLines).toMatchObject([{ id: dossier.lines[0]!.id, status: 'under-instruction' }]);
  // The attestation is void: answering the complement needs a new one.
  expect(await storedDossier(app, dossier.id)).toMatchObject({ state: 'to-complete', version: dossier.version + 1, attested_hash: null });
});
