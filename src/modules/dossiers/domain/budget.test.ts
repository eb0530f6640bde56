import { cents } from '../../../kernel/money.js';
import { accountLabel } from './accounts.js';
import { assertRows, type Budget, BudgetRowsInvalid, type ProductRow, requestedLines } from './budget.js';

/** `74 1000 state FIPD, 70 200` : account, euros, funder, scheme. */
const rows = (text: string): ProductRow[] =>
  text.split(',').flatMap((part) => {
    const [account, euros, funderId, scheme] = part.trim().split(' ');
    return account && euros
      ? [{ account, amountCents: cents(Number(euros) * 100), funderId: funderId === '-' ? null : funderId, scheme }]
      : [];
  });
const aBudget = (charges: string, products: string): Budget => ({ charges: rows(charges), products: rows(products) });

test.each([
  ['UNKNOWN_ACCOUNT', '/charges/0/account', aBudget('74 1', '')],
  ['UNKNOWN_ACCOUNT', '/charges/0/account', aBudget('toString 1', '')],
  ['UNKNOWN_ACCOUNT', '/products/0/account', aBudget('', '60 1')],
  ['NEGATIVE_AMOUNT', '/charges/0/amountCents', aBudget('60 -1', '')],
  ['NEGATIVE_AMOUNT', '/products/1/amountCents', aBudget('', '70 1, 75 -1')],
  ['FUNDER_OUTSIDE_74', '/products/0/funderId', aBudget('', '70 1 state')],
  ['SCHEME_WITHOUT_FUNDER', '/products/0/scheme', aBudget('', '74 1 - FIPD')],
  ['DUPLICATE_FUNDER', '/products/1/funderId', aBudget('', '74 1 state, 74 2 state')],
  ['DUPLICATE_FUNDER', '/products/1/funderId', aBudget('', '74 1 state FIPD, 74 2 state FIPD')],
])('refuses a row: %s at %s', (code, pointer, budget) => {
  expect(() => assertRows(budget)).toThrow(BudgetRowsInvalid);
  expect(() => assertRows(budget)).toThrow(expect.objectContaining({ fields: [expect.objectContaining({ code, pointer })] }));
});

test('says every wrong row at once', () => {
  expect(() => assertRows(aBudget('1 1, 60 -1', '70 1, 2 1'))).toThrow(
    expect.objectContaining({
      code: 'BUDGET_ROWS_INVALID',
      fields: ['/charges/0/account', '/charges/1/amountCents', '/products/1/account'].map(
        (pointer) => expect.objectContaining({ pointer }) as unknown,
      ),
    }),
  );
});

test('one funder may be asked for two schemes, and an unbalanced budget can be kept', () => {
  expect(() => assertRows(aBudget('60 5', '74 1 state FIPD, 74 2 state FNADT, 74 3 state'))).not.toThrow();
});

test('the lines asked for are the rows 74 that name a funder and an amount', () => {
  expect(requestedLines(aBudget('', '74 5 state FIPD, 74 7, 74 0 landlord, 70 3, 74 2 landlord'))).toEqual([
    { funderId: 'state', scheme: 'FIPD', amountCents: 500n },
    { funderId: 'landlord', scheme: null, amountCents: 200n },
  ]);
});

test.each([
  ['606', 'Achats non stockés de matières et fournitures'],
  ['875', 'Bénévolat'],
  ['own', 'Ressources propres affectées au projet'],
  ['999', '999'],
])('account %s is called « %s »', (account, label) => {
  expect(accountLabel(account)).toBe(label);
});
