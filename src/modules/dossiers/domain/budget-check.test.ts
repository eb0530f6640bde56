import fc from 'fast-check';
import { cents } from '../../../kernel/money.js';
import { CHARGE_ACCOUNTS, PRODUCT_ACCOUNTS } from './accounts.js';
import type { Budget, ProductRow } from './budget.js';
import { checkBudget } from './budget-check.js';

const rules = {
  ceilingPercent: 80,
  funderKinds: new Map([
    ['state', 'state'],
    ['landlord', 'landlord'],
    ['foundation', 'private'],
  ]),
};
/** `74 1000 state, 70 200` : account, euros, funder. */
const rows = (text: string): ProductRow[] =>
  text.split(',').flatMap((part) => {
    const [account, euros, funderId] = part.trim().split(' ');
    return account && euros ? [{ account, amountCents: cents(Number(euros) * 100), funderId }] : [];
  });
const aBudget = (charges: string, products: string): Budget => ({ charges: rows(charges), products: rows(products) });

test.each([
  ['balanced, at the ceiling', '60 1000', '74 800 state, 70 200', []],
  ['empty', '', '', []],
  ['products missing', '60 1000', '74 700 state, 70 200', ['BUDGET_UNBALANCED']],
  ['products in excess', '60 1000', '74 700 state, 70 400', ['BUDGET_UNBALANCED']],
  ['86 without 87', '60 100, 864 50', '70 100', ['VOLUNTARY_UNBALANCED']],
  ['86 and 87 do not help the balance', '60 100, 864 50', '70 50, 875 100', ['BUDGET_UNBALANCED', 'VOLUNTARY_UNBALANCED']],
  ['asks more than it costs', '60 1000', '74 1100 landlord', ['BUDGET_UNBALANCED', 'REQUESTED_ABOVE_CHARGES']],
  ['a euro above the ceiling', '60 1000', '74 801 state, 70 199', ['PUBLIC_MONEY_ABOVE_CEILING']],
  ['73 is public money', '60 1000', '74 700 state, 73 101, 70 199', ['PUBLIC_MONEY_ABOVE_CEILING']],
  ['a 74 outside the system is public money', '60 1000', '74 801, 70 199', ['PUBLIC_MONEY_ABOVE_CEILING']],
  ['a funder of unknown kind is public money', '60 1000', '74 801 other, 70 199', ['PUBLIC_MONEY_ABOVE_CEILING']],
  ['landlords and foundations are not public money', '60 1000', '74 800 state, 74 100 landlord, 74 100 foundation', []],
  ['87 does not dilute public money', '60 1000, 864 500', '74 900 state, 70 100, 875 500', ['PUBLIC_MONEY_ABOVE_CEILING']],
  ['indirect charges and own resources count', '60 700, indirect-fixed 300', '74 800 state, own 200', []],
])('%s', (_name, charges, products, expected) => {
  expect(checkBudget(aBudget(charges, products), rules).violations.map(({ code }) => code)).toEqual(expected);
});

test('adds each side up, contributions in kind apart', () => {
  const { totals, gaps } = checkBudget(
    aBudget('60 700, 64 300, 861 40', '74 500 state, 73 100, 74 150 landlord, 74 50, 756 200, 875 30'),
    rules,
  );
  expect(totals).toEqual({
    chargesCents: 100_000n,
    productsCents: 100_000n,
    voluntaryChargesCents: 4_000n,
    voluntaryProductsCents: 3_000n,
    requestedCents: 65_000n,
    publicMoneyCents: 65_000n,
    publicMoneyBasisPoints: 6_500,
  });
  expect(gaps).toEqual({ chargesMinusProductsCents: 0n, voluntaryChargesMinusProductsCents: 1_000n });
});

test.each([
  [
    '60 12000',
    '74 9000 state, 70 2500',
    'Les charges (12 000,00 €) doivent être égales aux produits (11 500,00 €) : il manque 500,00 € de produits.',
  ],
  ['60 1000', '70 1200', 'Les charges (1 000,00 €) doivent être égales aux produits (1 200,00 €) : il y a 200,00 € de produits en trop.'],
  ['864 50', '', "Le compte 86 (50,00 €) doit être égal au compte 87 (0,00 €) : l'écart est de 50,00 €."],
  [
    '60 1000',
    '74 900 state, 70 100',
    "L'argent public (900,00 €) dépasse de 100,00 € le plafond de l'appel : 80 % des produits hors 87, soit 800,00 €.",
  ],
])('a violation of « %s | %s » explains itself', (charges, products, sentence) => {
  const { violations } = checkBudget(aBudget(charges, products), rules);
  expect(violations.map(({ detail }) => detail.replace(/\s/g, ' '))).toEqual([sentence]);
});

test('a ceiling with decimals is exact, and the share shown is above it as soon as the money is', () => {
  const check = (given: bigint): ReturnType<typeof checkBudget> => {
    const products = [
      { account: '74', amountCents: cents(given), funderId: 'state' },
      { account: '70', amountCents: cents(100_000n - given) },
    ];
    return checkBudget({ charges: [{ account: '60', amountCents: cents(100_000n) }], products }, { ...rules, ceilingPercent: 66.5 });
  };
  expect(check(66_500n)).toMatchObject({ violations: [], totals: { publicMoneyBasisPoints: 6650 } });
  expect(check(66_501n)).toMatchObject({
    violations: [{ leftCents: 66_501n, rightCents: 66_500n, gapCents: 1n, detail: expect.stringContaining('66,5 %') as string }],
    totals: { publicMoneyBasisPoints: 6651 },
  });
});

test('for any budget, no row is lost and every gap is the difference of its totals', () => {
  const amountCents = fc.bigInt({ min: 0n, max: 10n ** 12n }).map((value) => cents(value));
  const charge = fc.record({ account: fc.constantFrom(...Object.keys(CHARGE_ACCOUNTS)), amountCents });
  const product = fc.record({
    account: fc.constantFrom(...Object.keys(PRODUCT_ACCOUNTS)),
    amountCents,
    funderId: fc.constantFrom(null, 'state', 'landlord'),
  });
  const budgets = fc.record({ charges: fc.array(charge, { maxLength: 12 }), products: fc.array(product, { maxLength: 12 }) });
  const sum = (all: readonly { amountCents: bigint }[]): bigint => all.reduce((total, each) => total + each.amountCents, 0n);
  fc.assert(
    fc.property(budgets, fc.integer({ min: 0, max: 100 }), (budget, ceilingPercent) => {
      const { totals, gaps, violations } = checkBudget(budget, { ...rules, ceilingPercent });
      expect(totals.chargesCents + totals.voluntaryChargesCents).toBe(sum(budget.charges));
      expect(totals.productsCents + totals.voluntaryProductsCents).toBe(sum(budget.products));
      expect(gaps.chargesMinusProductsCents).toBe(totals.chargesCents - totals.productsCents);
      for (const each of violations) {
        expect(each.gapCents).toBe(each.leftCents - each.rightCents);
        expect(each.gapCents).not.toBe(0n);
      }
      const isAbove = totals.publicMoneyBasisPoints > ceilingPercent * 100;
      expect(violations.some(({ code }) => code === 'PUBLIC_MONEY_ABOVE_CEILING')).toBe(isAbove);
    }),
  );
});
