import { cents } from '../../../kernel/money.js';
import { wrongFunders } from './budget-funders.js';
import type { ProductRow } from './budget.js';

const known = new Map([
  ['state', { name: 'État', schemes: ['Quartiers d’été', 'FONJEP'] }],
  ['city', { name: 'Ivry', schemes: [] }],
]);
const wrongIn = (...rows: Partial<ProductRow>[]) =>
  wrongFunders({ charges: [], products: rows.map((row) => ({ account: '74', amountCents: cents(100), ...row })) }, known);

test.each([
  ['nobody', {}],
  ['a funder alone', { funderId: 'state' }],
  ['no scheme', { funderId: 'state', scheme: null }],
  ['one of its schemes', { funderId: 'state', scheme: 'FONJEP' }],
  ['a funder without schemes', { funderId: 'city' }],
])('%s may be named', (_what, row) => {
  expect(wrongIn(row)).toEqual([]);
});

test.each([
  ['a funder that does not exist', { funderId: 'moon' }, 'funderId', 'UNKNOWN_FUNDER', 'liste des financeurs'],
  ['an invented scheme', { funderId: 'state', scheme: 'Fonjep' }, 'scheme', 'UNKNOWN_SCHEME', 'Quartiers d’été ; FONJEP'],
  ['a scheme of a funder that has none', { funderId: 'city', scheme: 'FONJEP' }, 'scheme', 'UNKNOWN_SCHEME', 'laissez ce champ vide'],
])('not %s', (_what, row, field, code, sentence) => {
  const detail = expect.stringContaining(sentence) as string;
  expect(wrongIn({ funderId: 'state' }, row)).toEqual([{ pointer: `/products/1/${field}`, code, detail }]);
});
