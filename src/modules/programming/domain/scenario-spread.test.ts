import fc from 'fast-check';
import { add, cents, type Money } from '../../../kernel/money.js';
import { spread, SPREAD_METHODS, type SpreadLine, type SpreadRequest } from './scenario-spread.js';

const aLine = (lineId: string, requested: number, amount = 0): SpreadLine => ({
  ...{ lineId, requestedCents: cents(requested), amountCents: cents(amount) },
});
const amountsOf = (lines: readonly SpreadLine[], request: SpreadRequest) =>
  spread(lines, request).amounts.map(({ amountCents }) => amountCents);

test('pro rata: in proportion to the room left', () => {
  const lines = [aLine('a', 1000), aLine('b', 3000), aLine('c', 2000, 1000)];
  expect(amountsOf(lines, { method: 'pro-rata', remainderCents: cents(1000) })).toEqual([200n, 600n, 1200n]);
});

test('the cent that does not divide goes to the largest remainder, then to who comes first', () => {
  expect(amountsOf([aLine('a', 1), aLine('b', 1), aLine('c', 1)], { method: 'pro-rata', remainderCents: cents(2) })).toEqual([1n, 1n, 0n]);
  // 100 over 1:2 → 33.33 and 66.67.
  expect(amountsOf([aLine('a', 100), aLine('b', 200)], { method: 'pro-rata', remainderCents: cents(100) })).toEqual([33n, 67n]);
});

test('ranked: the first is full before the second gets a cent', () => {
  const lines = [aLine('a', 1000, 400), aLine('b', 1000), aLine('c', 1000)];
  expect(amountsOf(lines, { method: 'ranked', remainderCents: cents(700) })).toEqual([1000n, 100n, 0n]);
});

test('capped: nobody gets more than its percent of the request; what is above stays', () => {
  const lines = [aLine('a', 999), aLine('b', 1000, 900)];
  const { amounts, spreadCents, leftCents } = spread(lines, { method: 'capped', remainderCents: cents(5000), capPercent: 80 });
  expect(amounts.map(({ amountCents }) => amountCents)).toEqual([799n, 900n]);
  expect([spreadCents, leftCents]).toEqual([799n, 4201n]);
});

test('what finds no room is left, and nothing is spread over nobody', () => {
  expect(spread([aLine('a', 100, 100)], { method: 'pro-rata', remainderCents: cents(5) })).toMatchObject({
    spreadCents: 0n,
    leftCents: 5n,
  });
  expect(spread([], { method: 'ranked', remainderCents: cents(5) })).toEqual({ amounts: [], spreadCents: 0n, leftCents: 5n });
});

const amount = fc.bigInt({ min: 0n, max: 10n ** 14n });
const line = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 14n }), amount, fc.uuid()).map(([requested, given, lineId]): SpreadLine => ({
  lineId,
  requestedCents: requested as Money,
  amountCents: (given % (requested + 1n)) as Money,
}));
const lines = fc.array(line, { maxLength: 60 });
const request = fc.record({
  method: fc.constantFrom(...SPREAD_METHODS),
  remainderCents: amount as fc.Arbitrary<Money>,
  capPercent: fc.integer({ min: 1, max: 100 }),
});
const sum = (amounts: readonly { readonly amountCents: Money }[]) => add(...amounts.map(({ amountCents }) => amountCents));

test('exact: what is given and what is left are the remainder, to the cent', () => {
  fc.assert(
    fc.property(lines, request, (all, asked) => {
      const { amounts, spreadCents, leftCents } = spread(all, asked);
      expect(sum(amounts)).toBe(sum(all) + spreadCents);
      expect(spreadCents + leftCents).toBe(asked.remainderCents);
    }),
  );
});

test('nobody loses a cent, goes above its request, or is raised above its cap', () => {
  fc.assert(
    fc.property(lines, request, (all, asked) => {
      for (const [index, { amountCents }] of spread(all, asked).amounts.entries()) {
        const before = all[index]!;
        expect(amountCents).toBeGreaterThanOrEqual(before.amountCents);
        expect(amountCents).toBeLessThanOrEqual(before.requestedCents);
        if (amountCents > before.amountCents)
          expect(amountCents * 100n).toBeLessThanOrEqual(before.requestedCents * BigInt(asked.capPercent));
      }
    }),
  );
});

test('something is left only when everybody is full', () => {
  fc.assert(
    fc.property(lines, request, (all, asked) => {
      const { amounts, leftCents } = spread(all, asked);
      if (leftCents === 0n) return;
      for (const [index, { amountCents }] of amounts.entries()) {
        const { requestedCents } = all[index]!;
        expect((amountCents + 1n) * 100n).toBeGreaterThan(requestedCents * BigInt(asked.capPercent));
      }
    }),
  );
});

test('monotone: who has more room gets no less, but for the cent that breaks a tie', () => {
  fc.assert(
    fc.property(lines, amount, (all, remainder) => {
      const { amounts } = spread(all, { method: 'pro-rata', remainderCents: remainder as Money });
      const shares = all.map(({ requestedCents, amountCents }, index) => ({
        room: requestedCents - amountCents,
        share: amounts[index]!.amountCents - amountCents,
      }));
      shares.sort((a, b) => (a.room === b.room ? 0 : a.room < b.room ? -1 : 1));
      for (const [index, { room, share }] of shares.slice(1).entries()) {
        const smaller = shares[index]!;
        expect(share).toBeGreaterThanOrEqual(smaller.room < room ? smaller.share : smaller.share - 1n);
      }
    }),
  );
});

test('monotone: a greater remainder gives nobody more than a cent less, and all of them together all of it', () => {
  fc.assert(
    fc.property(lines, request, fc.bigInt({ min: 0n, max: 10n ** 12n }), (all, asked, more) => {
      const [less, greater] = [spread(all, asked), spread(all, { ...asked, remainderCents: (asked.remainderCents + more) as Money })];
      for (const [index, { amountCents }] of greater.amounts.entries()) {
        expect(amountCents).toBeGreaterThanOrEqual(less.amounts[index]!.amountCents - 1n);
      }
      expect(greater.spreadCents).toBeGreaterThanOrEqual(less.spreadCents);
    }),
  );
});
