import fc from 'fast-check';
import { add, AmountOutOfRange, atMostPercent, cents, inFrench, subtract, toJson, ZERO } from './money.js';

const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map((value) => cents(value));

test.each([
  [0, 0n],
  [1, 1n],
  [-250, -250n],
  [Number.MAX_SAFE_INTEGER, 9_007_199_254_740_991n],
])('reads %d cents', (given, expected) => {
  expect(cents(given)).toBe(expected);
});

test.each([0.1, 12.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])('refuses %d as an amount', (given) => {
  expect(() => cents(given)).toThrow(AmountOutOfRange);
});

test('an empty sum is zero', () => {
  expect(add()).toBe(ZERO);
});

test('what was added can be subtracted, to the cent', () => {
  fc.assert(fc.property(amount, amount, (a, b) => subtract(add(a, b), b) === a));
});

test('JSON carries an amount and gives it back', () => {
  fc.assert(fc.property(amount, (value) => cents(toJson(value)) === value));
});

test.each([2n ** 53n, -(2n ** 53n)])('refuses to write %d in JSON rather than lose a cent', (value) => {
  expect(() => toJson(value)).toThrow(AmountOutOfRange);
});

test.each([
  [0n, '0,00 €'],
  [5n, '0,05 €'],
  [-5n, '-0,05 €'],
  [99_999n, '999,99 €'],
  [1_234_567n, '12 345,67 €'],
  [-123_456_789_000n, '-1 234 567 890,00 €'],
])('writes %d cents as %s', (value, expected) => {
  expect(inFrench(value).replace(/\s/g, ' ')).toBe(expected);
});

test('a French amount is never cut at the end of a line', () => {
  expect(inFrench(1_234_567n)).not.toContain(' ');
});

test.each([
  [80n, 100n, 80, true],
  [81n, 100n, 80, false],
  [1n, 3n, 33, false],
  [80_000n, 100_000n, 80, true],
  [80_001n, 100_000n, 80, false],
  [0n, 0n, 80, true],
  [1n, 0n, 80, false],
  [25n, 1_000n, 2.5, true],
  [26n, 1_000n, 2.5, false],
])('%d is at most so much of %d (%d %%): %s', (part, whole, percent, expected) => {
  expect(atMostPercent(cents(part), cents(whole), percent)).toBe(expected);
});
