import { cents } from '../../../kernel/money.js';
import { violationsOf } from './completeness.js';
import { EMPTY_CONTENT } from './report-content.js';
import type { ReportContent, ReportRow } from './report.js';

const THRESHOLD = { percent: 10, minimumCents: cents(50_000) };
const CONTENT: ReportContent = {
  ...EMPTY_CONTENT,
  carriedOut: 'Vingt séances',
  objectivesMet: 'Atteints',
  places: ['Gagarine'],
  startedOn: '2027-01-15',
  endedOn: '2027-12-10',
  beneficiaries: { total: 3, women: null, men: null, fromQpv: null, byAge: null, byQpv: null },
  indicators: [{ label: 'Séances', type: 'count', baseline: null, target: 20, realised: 20, comment: null }],
};
const aRow = (over: Partial<ReportRow> = {}): ReportRow => ({
  ...{ side: 'charge', account: '60', label: null, funderId: null, scheme: null },
  ...{ plannedCents: cents(100_000), realisedCents: cents(100_000), explanation: null },
  ...over,
});
const codes = (content: Partial<ReportContent> = {}, rows: readonly ReportRow[] = [aRow()]) =>
  violationsOf({ content: { ...CONTENT, ...content }, rows }, THRESHOLD, ({ account }) => account).map(({ code, pointer }) => [
    code,
    pointer,
  ]);

test('a complete report breaks no rule', () => {
  expect(codes()).toEqual([]);
});

test.each<[string, Partial<ReportContent>, string, string]>([
  ['what was carried out', { carriedOut: '' }, 'CARRIED_OUT_MISSING', '/carriedOut'],
  ['the objectives', { objectivesMet: '' }, 'OBJECTIVES_MET_MISSING', '/objectivesMet'],
  ['an end', { endedOn: null }, 'DATES_MISSING', '/startedOn'],
  ['a start', { startedOn: null }, 'DATES_MISSING', '/startedOn'],
  ['the places', { places: [] }, 'PLACES_MISSING', '/places'],
  ['the beneficiaries', { beneficiaries: null }, 'BENEFICIARIES_MISSING', '/beneficiaries'],
  [
    'an indicator',
    { indicators: [{ label: 'Séances', type: 'count', baseline: null, target: 20, realised: null, comment: null }] },
    'INDICATOR_NOT_REALISED',
    '/indicators/0',
  ],
])('%s is asked for', (_what, content, code, pointer) => {
  expect(codes(content)).toEqual([[code, pointer]]);
});

test('an indicator that came to nothing, or to no, is said all the same', () => {
  const indicator = { label: 'x', baseline: null, target: null, comment: null };
  expect(
    codes({
      indicators: [
        { ...indicator, type: 'count', realised: 0 },
        { ...indicator, type: 'boolean', realised: false },
      ],
    }),
  ).toEqual([]);
});

test('rows: filled in, explained past the threshold, in the words of each', () => {
  expect(codes({}, [aRow(), aRow({ realisedCents: null })])).toEqual([['ROW_NOT_FILLED', '/charges/1']]);
  const short = aRow({ realisedCents: cents(40_000) });
  expect(codes({}, [aRow({ side: 'product', account: '74' }), short])).toEqual([['GAP_NOT_EXPLAINED', '/charges/0/explanation']]);
  expect(codes({}, [{ ...short, explanation: '  ' }])).toHaveLength(1);
  expect(codes({}, [{ ...short, explanation: 'Une salle prêtée' }])).toEqual([]);
  const [violation] = violationsOf({ content: CONTENT, rows: [short] }, THRESHOLD, () => '60 Achats');
  expect(violation).toMatchObject({ leftCents: 40_000n, rightCents: 100_000n, gapCents: -60_000n });
  expect(violation?.detail.replace(/\s/g, ' ')).toBe(
    "Expliquez l'écart de -600,00 € (-60,00 %) sur la ligne « 60 Achats » : 1 000,00 € prévus, 400,00 € réalisés.",
  );
});

test('86 realised is 87 realised; indirect costs say their rule', () => {
  const inKind = [aRow({ account: '864' }), aRow({ side: 'product', account: '875', realisedCents: cents(99_999) })];
  expect(codes({}, inKind)).toEqual([['IN_KIND_UNBALANCED', '/charges']]);
  const indirect = [aRow({ account: 'indirect-fixed' })];
  expect(codes({}, indirect)).toEqual([['SHARING_RULE_MISSING', '/sharingRule']]);
  expect(codes({ sharingRule: 'Au prorata des heures' }, indirect)).toEqual([]);
  expect(codes({}, [aRow({ account: 'indirect-fixed', plannedCents: cents(0), realisedCents: cents(0) })])).toEqual([]);
});
