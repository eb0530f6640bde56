import { assertAction, assertBudgetsWithin, assertBudgetYear, type ActionContent, type ActionReferences } from './action.js';
import { ActionInvalid, BudgetOutsideDates, BudgetYearOutsideAction } from './dossier.errors.js';

const references: ActionReferences = {
  callOrientations: new Set(['O1', 'O2']),
  objectives: new Set(['O1.1', 'O1.1.2']),
  qpv: new Set(['monmousseau']),
  communes: new Set(['94041']),
  pockets: new Set(['pocket']),
};
const anAction = (over: Partial<ActionContent> = {}): ActionContent => ({
  title: 'Ateliers',
  objectives: '',
  description: '',
  orientationCode: 'O1',
  objectiveCodes: ['O1.1', 'O1.1.2'],
  secondaryOrientationCodes: ['O2'],
  crossCuttingTags: [],
  qpv: ['monmousseau'],
  communes: [],
  pocketId: null,
  startsOn: '2027-01-01',
  endsOn: '2027-12-31',
  multiYear: false,
  renewed: false,
  places: [],
  partners: [],
  means: null,
  beneficiaries: { total: 10, women: 6, men: 4, fromQpv: 10, byAge: { '0-11': 10 } },
  indicators: [{ label: 'Présents', type: 'count', baseline: 0, target: 10 }],
  ...over,
});

function refusalsOf(over: Partial<ActionContent>): [string, string][] {
  try {
    assertAction(anAction(over), references, 2027);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ActionInvalid);
    return (error as ActionInvalid).fields.map(({ pointer, code }) => [pointer, code]);
  }
}

test.each([
  ['as it is', {}],
  ['in a commune', { qpv: [], communes: ['94041'] }],
  ['in a pocket', { qpv: [], pocketId: 'pocket' }],
  ['nowhere yet', { qpv: [] }],
  ['on one day', { startsOn: '2027-05-01', endsOn: '2027-05-01' }],
  ['without beneficiaries yet', { beneficiaries: null }],
  ['that ends on the first day of the call’s year', { startsOn: '2026-09-01', endsOn: '2027-01-01' }],
  ['that starts on its last day', { startsOn: '2027-12-31', endsOn: '2028-06-30' }],
] as const)('accepts an action %s', (_what, over) => {
  expect(refusalsOf(over)).toEqual([]);
});

test.each([
  ['/orientationCode', 'ORIENTATION_NOT_IN_CALL', { orientationCode: 'O3', objectiveCodes: [] }],
  ['/secondaryOrientationCodes/1', 'ORIENTATION_NOT_IN_CALL', { secondaryOrientationCodes: ['O2', 'O7'] }],
  ['/objectiveCodes/0', 'OBJECTIVE_NOT_IN_ORIENTATION', { objectiveCodes: ['O2.1'] }],
  ['/qpv/0', 'UNKNOWN_QPV', { qpv: ['atlantide'] }],
  ['/communes/0', 'UNKNOWN_COMMUNE', { communes: ['13055'] }],
  ['/pocketId', 'UNKNOWN_POCKET', { qpv: [], pocketId: 'other' }],
  ['/pocketId', 'POCKET_OUTSIDE_QPV', { pocketId: 'pocket' }],
  ['/endsOn', 'DATES_INVERTED', { startsOn: '2027-05-02', endsOn: '2027-05-01' }],
  ['/startsOn', 'DATES_OUTSIDE_CALL', { startsOn: '2025-01-01', endsOn: '2026-12-31' }],
  ['/startsOn', 'DATES_OUTSIDE_CALL', { startsOn: '2028-01-01', endsOn: '2028-06-30' }],
  ['/beneficiaries/women', 'BENEFICIARIES_INCONSISTENT', { beneficiaries: { total: 9, women: 6, men: 4 } }],
  ['/beneficiaries/fromQpv', 'BENEFICIARIES_INCONSISTENT', { beneficiaries: { total: 9, fromQpv: 10 } }],
  ['/beneficiaries/byAge', 'BENEFICIARIES_INCONSISTENT', { beneficiaries: { total: 9, byAge: { a: 5, b: 5 } } }],
] as const)('refuses at %s: %s', (pointer, code, over) => {
  expect(refusalsOf(over)).toEqual([[pointer, code]]);
});

test('says everything that is wrong at once', () => {
  expect(refusalsOf({ orientationCode: 'O3', objectiveCodes: ['O2.1'], endsOn: '2026-01-01' })).toHaveLength(3);
});

test.each([
  [2027, '2027-01-01', '2027-12-31', true],
  [2028, '2027-09-01', '2028-07-05', true],
  [2026, '2026-09-01', '2027-07-05', false],
  [2028, '2027-01-01', '2027-12-31', false],
  [2030, '2027-01-01', '2029-12-31', false],
])('a budget for %i of an action from %s to %s, in the call of 2027: %s', (year, startsOn, endsOn, accepted) => {
  const assert = () => assertBudgetYear(anAction({ startsOn, endsOn }), year, 2027);
  if (accepted) expect(assert).not.toThrow();
  else expect(assert).toThrow(BudgetYearOutsideAction);
});

test('dates keep the budgets already written', () => {
  const action = anAction({ endsOn: '2028-06-30' });
  expect(() => assertBudgetsWithin(action, [2027, 2028], 2027)).not.toThrow();
  expect(() => assertBudgetsWithin(action, [2027, 2029], 2027)).toThrow(BudgetOutsideDates);
  expect(() => assertBudgetsWithin(action, [], 2027)).not.toThrow();
});
