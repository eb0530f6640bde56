import fc from 'fast-check';
import { cents } from '../../../kernel/money.js';
import { assertWithinPocketLimit, availableForPockets, limitOf, rebase } from './pocket-limit.js';

const limit = (base: number | bigint, used: number | bigint = 0) => ({
  departmentCode: '94',
  year: 2027,
  baseCents: cents(base),
  usedCents: cents(used),
});

test.each([
  [1_000_000, 25_000n],
  [0, 0n],
  [39, 0n],
  [40, 1n],
  // A fraction of a cent can't be spent.
  [79, 1n],
])('2.5 %% of %i cents is %i', (base, most) => {
  expect(limitOf(limit(base))).toBe(most);
});

test('up to the limit itself, not a cent past it', () => {
  expect(() => assertWithinPocketLimit(limit(1_000_000, 20_000), cents(5_000))).not.toThrow();
  expect(() => assertWithinPocketLimit(limit(1_000_000, 20_000), cents(5_001))).toThrow(
    expect.objectContaining({ code: 'POCKET_LIMIT_EXCEEDED' }),
  );
});

test('says what is left, and what was asked', () => {
  expect(() => assertWithinPocketLimit(limit(1_000_000, 20_000), cents(6_000))).toThrow(
    /département 94 pour 2027, soit 250,00\s€ ; 200,00\s€ sont déjà .* il reste 50,00\s€, et il en faudrait 60,00\s€/,
  );
});

test('giving back is never refused', () => {
  expect(() => assertWithinPocketLimit(limit(0, 100), cents(-100))).not.toThrow();
});

test('another base, never one that what is used would exceed', () => {
  const entered = { baseCents: cents(800_000), source: 'Notification' };
  expect(rebase(limit(1_000_000, 20_000), entered)).toMatchObject({ baseCents: 800_000n, source: 'Notification', usedCents: 20_000n });
  expect(() => rebase(limit(1_000_000, 20_001), entered)).toThrow(expect.objectContaining({ code: 'POCKET_LIMIT_BELOW_USE' }));
});

test('whatever the base and what is used, the limit is what the rule lets pass', () => {
  const amount = fc.bigInt({ min: 0n, max: 99_999_999_999_999n });
  fc.assert(
    fc.property(amount, fc.bigInt({ min: 0n, max: 10n ** 13n }), (base, used) => {
      const at = limit(base, used);
      const left = availableForPockets(at);
      if (left < 0n) return;
      expect(() => assertWithinPocketLimit(at, left)).not.toThrow();
      expect(() => assertWithinPocketLimit(at, cents(left + 1n))).toThrow(/2,5 %/);
    }),
  );
});
