import { caughtUpFrom, cameNearer, PAYMENT_STEPS, roundId, roundsBefore, SILENCE_STEPS } from './round.js';

test.each([
  // Each step is told on its day, and on no other when nothing was missed.
  ['2027-04-30', '2027-03-30', '2027-03-31', true],
  ['2027-04-30', '2027-03-31', '2027-04-01', false],
  ['2027-04-30', '2027-04-22', '2027-04-23', true],
  ['2027-04-30', '2027-04-23', '2027-04-30', false],
  // After a stop, what came meanwhile is told once, both steps together.
  ['2027-04-30', '2027-03-27', '2027-04-03', true],
  ['2027-04-30', '2027-03-30', '2027-04-23', true],
  // Too far still.
  ['2027-04-30', '2027-03-01', '2027-03-30', false],
])('silence on %s, told until %s, on %s: %s', (dueOn, since, today, told) => {
  expect(cameNearer(dueOn, SILENCE_STEPS, since, today)).toBe(told);
});

test('a payment is reminded of fifteen days before, and on the day itself', () => {
  const days = Array.from({ length: 20 }, (_, index) => `2027-06-${String(index + 1).padStart(2, '0')}`);
  const told = days.filter((day, index) => index > 0 && cameNearer('2027-06-19', PAYMENT_STEPS, days[index - 1] ?? '', day));
  expect(told).toEqual(['2027-06-04', '2027-06-19']);
});

test('a round looks back two weeks, to the last one of the person at most', () => {
  expect(roundsBefore('2027-03-15')).toHaveLength(14);
  expect(roundsBefore('2027-03-15')[0]).toBe('2027-03-14');
  expect(roundsBefore('2027-03-15').at(-1)).toBe('2027-03-01');
  expect(caughtUpFrom('2027-03-10', '2027-03-15')).toBe('2027-03-10');
  expect(caughtUpFrom(undefined, '2027-03-15')).toBe('2027-03-01');
});

test('a round is the same wherever it is reckoned, and another each day', () => {
  expect(roundId('payments-due', '2027-03-15')).toBe(roundId('payments-due', '2027-03-15'));
  expect(roundId('payments-due', '2027-03-15')).not.toBe(roundId('payments-due', '2027-03-16'));
  expect(roundId('payments-due', '2027-03-15')).not.toBe(roundId('decisions-due', '2027-03-15'));
});
