import { cents } from '../../../kernel/money.js';
import { basisPoints, leftOf, overflowOf, reachesHalf, type EnvelopeTotal } from './scenario-totals.js';

test.each([
  [0n, 0n, null, false],
  [0n, 3n, 0, false],
  [1n, 3n, 3333, false],
  [4_999n, 10_000n, 4999, false],
  [1n, 2n, 5000, true],
  [2n, 2n, 10_000, true],
])('%d of %d: %s out of 10,000', (part, whole, points, reached) => {
  expect(basisPoints({ part, whole })).toBe(points);
  expect(reachesHalf({ part, whole })).toBe(reached);
});

test('an envelope has something left, or overflows, or neither', () => {
  const anEnvelope = (available: number, amount: number): EnvelopeTotal => ({
    ...{ envelopeId: 'e', programme: 'P147-01', funderCode: 'P147-94', year: 2027, departmentCode: '94', lines: 1, limitedBy: null },
    availableCents: cents(available),
    amountCents: cents(amount),
  });
  expect([leftOf(anEnvelope(5, 3)), overflowOf(anEnvelope(5, 3))]).toEqual([2n, 0n]);
  expect([leftOf(anEnvelope(5, 5)), overflowOf(anEnvelope(5, 5))]).toEqual([0n, 0n]);
  expect([leftOf(anEnvelope(5, 6)), overflowOf(anEnvelope(5, 6))]).toEqual([0n, 1n]);
});
