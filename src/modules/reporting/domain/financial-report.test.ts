import fc from 'fast-check';
import { cents } from '../../../kernel/money.js';
import { assertRealisedRows, fillRows, gapOf, isMainGap, totalsOf, type RealisedRow } from './financial-report.js';
import { ReportRowsInvalid } from './report.errors.js';
import type { ReportRow } from './report.js';

const planned = (side: ReportRow['side'], account: string, amount: number, over: Partial<ReportRow> = {}): ReportRow => ({
  ...{ side, account, label: null, funderId: null, scheme: null, plannedCents: cents(amount), realisedCents: null, explanation: null },
  ...over,
});
const realised = (account: string, amount: number, over: Partial<RealisedRow> = {}): RealisedRow => ({
  ...{ account, label: null, funderId: null, scheme: null, realisedCents: cents(amount), explanation: null },
  ...over,
});
const said = (rows: readonly ReportRow[]) =>
  rows.map(({ account, label, plannedCents, realisedCents }) => [account, label, plannedCents, realisedCents]);

describe('filling the budget’s own rows', () => {
  test('every planned row comes back in its order, filled or not; the others follow, marked', () => {
    const rows = [planned('charge', '60', 100), planned('charge', '64', 200), planned('product', '74', 300)];
    const filled = fillRows(rows, { charges: [realised('62', 5), realised('64', 190)], products: [] });
    expect(said(filled)).toEqual([
      ['60', null, 100n, null],
      ['64', null, 200n, 190n],
      ['62', null, null, 5n],
      ['74', null, 300n, null],
    ]);
  });

  test('a row finds its own by label, funder and scheme; a vague one takes the first that is left', () => {
    const rows = [
      planned('charge', '606', 10, { label: 'Papier' }),
      planned('charge', '606', 20, { label: 'Encre' }),
      planned('charge', '606', 30),
    ];
    const filled = fillRows(rows, {
      charges: [realised('606', 1), realised('606', 2, { label: 'Encre' }), realised('606', 3)],
      products: [],
    });
    expect(said(filled)).toEqual([
      ['606', 'Papier', 10n, 3n],
      ['606', 'Encre', 20n, 2n],
      ['606', null, 30n, 1n],
    ]);
  });

  test('the rows 74 of two funders are not mistaken for each other', () => {
    const rows = [planned('product', '74', 10, { funderId: 'a' }), planned('product', '74', 20, { funderId: 'b' })];
    const filled = fillRows(rows, { charges: [], products: [realised('74', 2, { funderId: 'b' }), realised('74', 9, { funderId: 'c' })] });
    expect(filled.map(({ funderId, realisedCents }) => [funderId, realisedCents])).toEqual([
      ['a', null],
      ['b', 2n],
      ['c', 9n],
    ]);
  });

  test('writing again forgets what was written before, rows that were not planned too', () => {
    const rows = [planned('charge', '60', 100)];
    const once = fillRows(rows, { charges: [realised('60', 7, { explanation: 'x' }), realised('62', 5)], products: [] });
    expect(fillRows(once, { charges: [], products: [] })).toEqual(rows);
  });

  test('nothing written is lost, nothing planned is lost, whatever is written', () => {
    const account = fc.constantFrom('60', '61', '606');
    const label = fc.constantFrom(null, 'a', 'b');
    const amount = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(account, label, amount), { maxLength: 8 }),
        fc.array(fc.tuple(account, label, amount), { maxLength: 8 }),
        (a, b) => {
          const rows = a.map(([code, name, value]) => planned('charge', code, value, { label: name }));
          const filled = fillRows(rows, { charges: b.map(([code, name, value]) => realised(code, value, { label: name })), products: [] });
          const sum = (values: readonly (bigint | null)[]) => values.reduce<bigint>((total, value) => total + (value ?? 0n), 0n);
          expect(sum(filled.map(({ realisedCents }) => realisedCents))).toBe(BigInt(b.reduce((total, [, , value]) => total + value, 0)));
          expect(filled.slice(0, rows.length).map(({ plannedCents }) => plannedCents)).toEqual(
            rows.map(({ plannedCents }) => plannedCents),
          );
          expect(filled.filter(({ realisedCents }) => realisedCents !== null)).toHaveLength(b.length);
        },
      ),
    );
  });
});

test.each([
  [100, 90, -10, -1000],
  [100, 110, 10, 1000],
  [300, 200, -100, -3333],
  [300, 400, 100, 3333],
  [20_000, 20_001, 1, 1], // half a hundredth, away from zero
  [20_000, 19_999, -1, -1],
  [20_001, 20_002, 1, 0],
  [99_999_999_999_999, 0, -99_999_999_999_999, -10_000],
])('%d planned, %d realised: a gap of %d cents, %d hundredths of a percent', (plan, real, gap, basisPoints) => {
  expect(gapOf({ plannedCents: cents(plan), realisedCents: cents(real) })).toEqual({ gapCents: BigInt(gap), gapBasisPoints: basisPoints });
});

test('no percentage of nothing, no gap of what is not filled in', () => {
  expect(gapOf({ plannedCents: null, realisedCents: cents(5) })).toEqual({ gapCents: 5n, gapBasisPoints: null });
  expect(gapOf({ plannedCents: cents(0), realisedCents: cents(5) })).toEqual({ gapCents: 5n, gapBasisPoints: null });
  expect(gapOf({ plannedCents: cents(5), realisedCents: null })).toBeNull();
});

test.each([
  ['exactly 10 %', 1_000_000, 900_000, 10, 50_000, false],
  ['a cent past 10 %', 1_000_000, 899_999, 10, 50_000, true],
  ['a cent past 10 %, more', 1_000_000, 1_100_001, 10, 50_000, true],
  ['half of a small row', 90_000, 45_000, 10, 50_000, false],
  ['500 € exactly, past 10 %', 100_000, 50_000, 10, 50_000, true],
  ['a cent less than 500 €', 100_000, 50_001, 10, 50_000, false],
  ['no gap, at a threshold of nothing', 100_000, 100_000, 0, 0, false],
  ['a cent, at a threshold of nothing', 100_000, 100_001, 0, 0, true],
])('%s is a main gap: %#', (_what, plan, real, percent, minimum, main) => {
  const row = planned('charge', '60', plan, { realisedCents: cents(real) });
  expect(isMainGap(row, { percent, minimumCents: cents(minimum) })).toBe(main);
});

test('what was not planned is a main gap from the smallest amount that counts', () => {
  const row = (amount: number) => planned('charge', '60', 0, { plannedCents: null, realisedCents: cents(amount) });
  const threshold = { percent: 10, minimumCents: cents(50_000) };
  expect([49_999, 50_000].map((amount) => isMainGap(row(amount), threshold))).toEqual([false, true]);
});

test('totals leave contributions in kind apart', () => {
  const real = (amount: number) => ({ realisedCents: cents(amount) });
  const rows = [
    planned('charge', '60', 100, real(90)),
    planned('charge', 'indirect-fixed', 10, real(10)),
    planned('charge', '864', 50, real(40)),
    planned('product', '74', 110, real(105)),
    planned('product', '875', 50, real(45)),
  ];
  expect(totalsOf(rows)).toEqual({
    plannedChargesCents: 110n,
    realisedChargesCents: 100n,
    plannedProductsCents: 110n,
    realisedProductsCents: 105n,
    resultCents: 5n,
    inKindChargesCents: 40n,
    inKindProductsCents: 45n,
  });
});

test('rows without meaning are refused, each named', () => {
  const wrong = { charges: [realised('99', 1), realised('60', -1)], products: [realised('70', 1, { funderId: 'f' })] };
  const fields = (() => {
    try {
      assertRealisedRows(wrong, (_side, account) => account !== '99');
    } catch (error) {
      if (error instanceof ReportRowsInvalid) return error.fields.map(({ pointer, code }) => [pointer, code]);
    }
    return null;
  })();
  expect(fields).toEqual([
    ['/charges/0/account', 'UNKNOWN_ACCOUNT'],
    ['/charges/1/realisedCents', 'NEGATIVE_AMOUNT'],
    ['/products/0/funderId', 'FUNDER_OUTSIDE_74'],
  ]);
});
