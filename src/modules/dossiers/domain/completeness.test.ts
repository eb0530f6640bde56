import { cents } from '../../../kernel/money.js';
import type { Budget } from './budget.js';
import { type ActionToComplete, assertComplete, budgetYears, DossierIncomplete, missingFrom } from './completeness.js';

const rules = {
  callYear: 2027,
  ceilingPercent: 80,
  funderKinds: new Map([['state', 'state']]),
  orientationCodes: ['emploi', 'sante'],
  departmentFunders: new Map([['state', { name: 'État dans le Val-de-Marne', departmentCode: '94' }]]),
};
const aBudget = (charges: number, funderId: string | null = 'state'): Budget => ({
  charges: [{ account: '60', amountCents: cents(charges) }],
  products: [
    { account: '74', amountCents: cents(5_000), funderId },
    { account: '70', amountCents: cents(5_000) },
  ],
});
const anAction = (over: Partial<ActionToComplete> = {}): ActionToComplete => ({
  title: 'Ateliers',
  objectives: 'Apprendre',
  description: 'Deux fois par semaine',
  orientationCode: 'emploi',
  objectiveCodes: ['emploi-1'],
  qpv: ['monmousseau'],
  communes: [],
  pocketId: null,
  departments: ['94'],
  startsOn: '2027-01-01',
  endsOn: '2027-12-31',
  multiYear: false,
  beneficiaries: { total: 40, women: 20, men: 15, fromQpv: 30, byAge: { '0-11': 10, '12-17': 30 } },
  budgets: [{ year: 2027, budget: aBudget(10_000) }],
  ...over,
});
const years = (...all: number[]): ActionToComplete['budgets'] => all.map((year) => ({ year, budget: aBudget(10_000) }));

test.each([
  ['as the form asks', {}],
  ['in communes, outside QPV', { qpv: [], communes: ['94041'] }],
  ['in a pocket', { qpv: [], pocketId: 'p' }],
  ['in two départements', { departments: ['91', '94'] }],
  ['elsewhere, asking of the city', { departments: ['91'], budgets: [{ year: 2027, budget: aBudget(10_000, 'city') }] }],
  ['over a school year', { startsOn: '2027-09-01', endsOn: '2028-07-05' }],
  ['over three years', { multiYear: true, endsOn: '2029-12-31', budgets: years(2027, 2028, 2029) }],
  ['without details on beneficiaries', { beneficiaries: { total: 1 } }],
] as const)('complete %s', (_name, over) => {
  expect(missingFrom([anAction(over)], rules)).toEqual([]);
  expect(() => assertComplete([anAction(over)], rules)).not.toThrow();
});

test.each([
  ['/title', 'MISSING', { title: null }],
  ['/title', 'MISSING', { title: '  ' }],
  ['/objectives', 'MISSING', { objectives: '' }],
  ['/description', 'MISSING', { description: null }],
  ['/orientationCode', 'MISSING', { orientationCode: null }],
  ['/orientationCode', 'ORIENTATION_NOT_IN_CALL', { orientationCode: 'culture' }],
  ['/objectiveCodes', 'MISSING', { objectiveCodes: [] }],
  ['/qpv', 'MISSING', { qpv: [], departments: [] }],
  ['/startsOn', 'MISSING', { startsOn: null }],
  ['/endsOn', 'MISSING', { endsOn: null }],
  ['/endsOn', 'DATES_INVERTED', { startsOn: '2027-06-02', endsOn: '2027-06-01' }],
  ['/startsOn', 'DATES_OUTSIDE_CALL', { startsOn: '2028-01-01', endsOn: '2028-02-01' }],
  ['/startsOn', 'DATES_OUTSIDE_CALL', { startsOn: '2026-01-01', endsOn: '2026-12-31' }],
  ['/endsOn', 'DATES_TOO_LATE', { endsOn: '2029-01-01' }],
  ['/endsOn', 'DATES_TOO_LATE', { multiYear: true, endsOn: '2031-01-01', budgets: years(2027, 2028, 2029, 2030) }],
  ['/beneficiaries/total', 'MISSING', { beneficiaries: null }],
  ['/beneficiaries/total', 'MISSING', { beneficiaries: { total: 0 } }],
  ['/beneficiaries/women', 'BENEFICIARIES_INCONSISTENT', { beneficiaries: { total: 9, women: 5, men: 5 } }],
  ['/beneficiaries/fromQpv', 'BENEFICIARIES_INCONSISTENT', { beneficiaries: { total: 9, fromQpv: 10 } }],
  ['/beneficiaries/byAge', 'BENEFICIARIES_INCONSISTENT', { beneficiaries: { total: 9, byAge: { '0-11': 9, '12-17': 1 } } }],
  ['/budgets/2027', 'MISSING', { budgets: [] }],
  ['/budgets/2029', 'MISSING', { multiYear: true, endsOn: '2029-12-31', budgets: years(2027, 2028) }],
  ['/budgets/2027', 'BUDGET_UNBALANCED', { budgets: [{ year: 2027, budget: aBudget(10_001) }] }],
  ['/budgets/2027/products/0/funderId', 'FUNDER_OUTSIDE_DEPARTMENT', { departments: ['91'] }],
  ['/budgets', 'NO_FUNDING_LINE', { budgets: [{ year: 2027, budget: aBudget(10_000, null) }] }],
] as const)('%s is told: %s', (pointer, code, over) => {
  const missing = missingFrom([anAction(), anAction(over)], rules);
  expect(missing).toEqual([{ pointer: `/actions/1${pointer}`, code, detail: expect.stringMatching(/^Action 2 : /) as string }]);
});

test('a budget without charges is told as empty', () => {
  const budgets = [{ year: 2027, budget: { charges: [], products: [] } }];
  expect(missingFrom([anAction({ budgets })], rules).map(({ code }) => code)).toEqual(['BUDGET_EMPTY', 'NO_FUNDING_LINE']);
});

test('a funder asked outside its département is named, with where the action is', () => {
  const [alone] = missingFrom([anAction({ departments: ['91'] })], rules);
  expect(alone?.detail).toBe(
    'Action 1 : budget 2027. « État dans le Val-de-Marne » ne finance que dans le département 94, et l’action se déroule dans le département 91.',
  );
  const [both] = missingFrom([anAction({ departments: ['75', '91'] })], rules);
  expect(both?.detail).toContain('dans les départements 75 et 91.');
});

test('a funder asked for nothing is no problem anywhere', () => {
  const free = aBudget(5_000);
  const products = free.products.map((row) => (row.account === '74' ? { ...row, amountCents: cents(0) } : row));
  const action = anAction({ departments: ['91'], budgets: [{ year: 2027, budget: { ...free, products } }] });
  expect(missingFrom([action], rules).map(({ code }) => code)).toEqual(['NO_FUNDING_LINE']);
});

test('a dossier needs an action', () => {
  expect(missingFrom([], rules)).toEqual([{ pointer: '/actions', code: 'NO_ACTION', detail: 'Ajoutez au moins une action.' }]);
});

test('everything missing is told at once, with the refusal', () => {
  const refused = (): void => assertComplete([anAction({ title: null, qpv: [], budgets: [] })], rules);
  expect(refused).toThrow(DossierIncomplete);
  const fields = ['/actions/0/title', '/actions/0/qpv', '/actions/0/budgets/2027'].map(
    (pointer) => expect.objectContaining({ pointer }) as unknown,
  );
  expect(refused).toThrow(expect.objectContaining({ code: 'DOSSIER_INCOMPLETE', fields }));
});

test.each([
  [false, '2029-12-31', [2027]],
  [true, '2027-12-31', [2027]],
  [true, '2029-06-30', [2027, 2028, 2029]],
  [true, '2040-01-01', [2027, 2028, 2029, 2030]],
  [true, null, [2027]],
  [true, '2020-01-01', [2027]],
])('multi-year %s to %s is budgeted on %j', (multiYear, endsOn, expected) => {
  expect(budgetYears({ multiYear, endsOn }, 2027)).toEqual(expected);
});
