import { anOpenCall } from '../../builders/dossiers.js';
import { aPrefecture } from '../../builders/funding.js';
import { aPerson, GRANTS } from '../../builders/people.js';
import {
  aGrantedAction,
  aReport,
  QUALITATIVE,
  write,
  writeFinancial,
  type GrantedAction,
  type ReportBody,
} from '../../builders/reporting.js';
import { auditOf } from '../../builders/traces.js';
import { startApp, type TestApp } from '../../setup/app.js';

let app: TestApp;
let action: GrantedAction;
let report: ReportBody;
beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  action = await aGrantedAction(app);
  report = await aReport(app, action);
});
afterAll(() => app.close());

const start = (by: { auth: object }, body: object, of = action) =>
  app.http
    .post(`/v1/actions/${of.actionId}/reports`)
    .set(by.auth as Record<string, string>)
    .send(body);
const final = () => ({ year: action.year, kind: 'final' });

test('is started on the budget’s own rows and the indicators set, by who writes for the organisation', async () => {
  expect(report).toMatchObject({
    status: 'draft',
    version: 1,
    kind: 'final',
    charges: [{ account: '60', planned: true, plannedCents: 625_000, realisedCents: null, gapCents: null, gapBasisPoints: null }],
    products: [
      { account: '70', plannedCents: 125_000 },
      { account: '74', plannedCents: 500_000, funderId: action.lines[0]?.funderId },
    ],
    indicators: [{ label: 'Personnes formées', type: 'count', target: 40, realised: null }],
    gapThreshold: { percent: 10, minimumCents: 50_000 },
    fundingLines: [{ id: action.line['P147-94'], status: 'notified', grantedCents: 500_000, review: null, proposal: null }],
  });
  expect(await auditOf(app, report.id)).toEqual([expect.objectContaining({ act: 'report.started', actorId: action.editor.id })]);
});

test('there is one, for all the funders of the action and year', async () => {
  const { body } = await start(action.signatory, final());
  expect(body).toMatchObject({ status: 409, code: 'REPORT_EXISTS' });
});

test('two people who start it at once start one', async () => {
  const fresh = await aGrantedAction(app);
  const answers = await Promise.all([fresh.editor, fresh.signatory].map((by) => start(by, { year: fresh.year, kind: 'final' }, fresh)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test('not before a grant is told, not of another year, not interim of an action that ends', async () => {
  const silent = await aGrantedAction(app, { state: 'approved' });
  expect((await start(silent.editor, final(), silent)).body).toMatchObject({ status: 409, code: 'NOTHING_TO_REPORT' });
  expect((await start(action.editor, { year: action.year + 1, kind: 'final' })).body).toMatchObject({ code: 'NOTHING_TO_REPORT' });
  const fresh = await aGrantedAction(app);
  expect((await start(fresh.editor, { year: fresh.year, kind: 'interim' }, fresh)).body).toMatchObject({
    status: 422,
    code: 'NOT_AN_INTERIM_YEAR',
  });
});

test('a gap is said in euros and in hundredths of a percent, exactly; a main one asks for its explanation', async () => {
  const funderId = action.lines[0]?.funderId;
  const rows = {
    charges: [
      { account: '60', realisedCents: 500_000 },
      { account: '62', label: 'Un intervenant', realisedCents: 60_000 },
    ],
    products: [
      { account: '74', funderId, realisedCents: 500_000 },
      { account: '70', realisedCents: 124_999 },
    ],
  };
  const { status, body } = await writeFinancial(app, action.editor, report, rows);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    version: 2,
    charges: [
      {
        account: '60',
        planned: true,
        plannedCents: 625_000,
        realisedCents: 500_000,
        gapCents: -125_000,
        gapBasisPoints: -2000,
        toExplain: true,
      },
      { account: '62', planned: false, plannedCents: 0, realisedCents: 60_000, gapCents: 60_000, gapBasisPoints: null, toExplain: true },
    ],
    products: [
      { account: '70', gapCents: -1, gapBasisPoints: 0, toExplain: false },
      { account: '74', gapCents: 0 },
    ],
    totals: { plannedChargesCents: 625_000, realisedChargesCents: 560_000, realisedProductsCents: 624_999, resultCents: 64_999 },
  });
  const { violations } = body as ReportBody;
  expect(violations.filter(({ code }) => code === 'GAP_NOT_EXPLAINED')).toEqual([
    expect.objectContaining({ pointer: '/charges/0/explanation', leftCents: 500_000, rightCents: 625_000, gapCents: -125_000 }),
    expect.objectContaining({ pointer: '/charges/1/explanation', leftCents: 60_000, rightCents: null }),
  ]);
  expect(violations.find(({ pointer }) => pointer === '/charges/0/explanation')?.detail.replace(/\s/g, ' ')).toBe(
    "Expliquez l'écart de -1 250,00 € (-20,00 %) sur la ligne « 60 Achats » : 6 250,00 € prévus, 5 000,00 € réalisés.",
  );
});

test('the threshold is the call’s', async () => {
  const call = await anOpenCall(app, { body: { reportGapPercent: 20, reportGapCents: 1_000 } });
  const other = await aGrantedAction(app, { call });
  const { body } = await writeFinancial(app, other.editor, await aReport(app, other), {
    charges: [{ account: '60', realisedCents: 500_000 }],
    products: [],
  });
  expect(body).toMatchObject({
    gapThreshold: { percent: 20, minimumCents: 1_000 },
    charges: [{ gapBasisPoints: -2000, toExplain: false }],
  });
});

test('the qualitative part is written apart; saying it again moves nothing', async () => {
  const { body } = await write(app, action.editor, report, QUALITATIVE);
  expect(body).toMatchObject({
    version: 2,
    carriedOut: QUALITATIVE.carriedOut,
    beneficiaries: { total: 38, byQpv: { gagarine: 30 } },
    indicators: [{ realised: 38 }],
  });
  expect((body as ReportBody).violations.map(({ code }) => code)).toEqual(['ROW_NOT_FILLED', 'ROW_NOT_FILLED', 'ROW_NOT_FILLED']);
  expect((await write(app, action.editor, body as ReportBody, QUALITATIVE)).body).toMatchObject({ version: 2 });
});

test('two editors: the second is told the version that stands, and nothing of either is lost', async () => {
  const [first, second] = await Promise.all([
    write(app, action.editor, report, { carriedOut: 'A' }),
    write(app, action.signatory, report, { objectivesMet: 'B' }),
  ]);
  expect([first.status, second.status].sort()).toEqual([200, 412]);
  const late = first.status === 412 ? first : second;
  expect(late.body).toMatchObject({ code: 'STALE_VERSION', currentVersion: 2 });
});

test.each([
  ['an indicator of another type', { indicators: [{ label: 'Personnes formées', realised: 'beaucoup' }] }, 'INDICATOR_VALUE_INVALID'],
  ['an indicator that the dossier did not set', { indicators: [{ label: 'Autre', realised: 3 }] }, 'UNKNOWN_INDICATOR'],
  ['more women and men than people', { beneficiaries: { total: 10, women: 8, men: 3 } }, 'BENEFICIARIES_INCONSISTENT'],
  [
    'more people of the quarters than from QPV',
    { beneficiaries: { total: 10, fromQpv: 4, byQpv: { gagarine: 5 } } },
    'BENEFICIARIES_INCONSISTENT',
  ],
  ['an end before its start', { startedOn: '2027-03-02', endedOn: '2027-03-01' }, 'DATES_INVERTED'],
])('%s is refused, and named', async (_what, change, code) => {
  const { body } = await write(app, action.editor, report, change);
  expect(body).toMatchObject({ status: 422, code: 'REPORT_INVALID', errors: [expect.objectContaining({ code })] });
});

test.each([
  ['an unknown account', { charges: [{ account: '99', realisedCents: 1 }], products: [] }, '/charges/0/account'],
  ['a charge among products', { charges: [], products: [{ account: '60', realisedCents: 1 }] }, '/products/0/account'],
])('%s is refused', async (_what, rows, pointer) => {
  const { body } = await writeFinancial(app, action.editor, report, rows);
  expect(body).toMatchObject({ status: 422, code: 'REPORT_ROWS_INVALID', errors: [expect.objectContaining({ pointer })] });
});

test.each([[-1], [1.5], [2 ** 53], [100_000_000_000_000]])('%d is no amount', async (realisedCents) => {
  expect((await writeFinancial(app, action.editor, report, { charges: [{ account: '60', realisedCents }], products: [] })).status).toBe(
    400,
  );
});

test('a draft is its organisation’s: the funders read it once submitted', async () => {
  const get = (by: { auth: Record<string, string> }) => app.http.get(`/v1/reports/${report.id}`).set(by.auth);
  expect((await get(action.signatory)).status).toBe(200);
  for (const by of [await aPrefecture(app), await aPerson(app, { grants: [GRANTS.coordinator()] }), await aPerson(app)]) {
    expect((await get(by)).status).toBe(404);
  }
});
