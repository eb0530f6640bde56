import fc from 'fast-check';
import { daysBetween, plusDays, plusMonths, type Day } from './day.js';

const day = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date): Day => date.toISOString().slice(0, 10));

test.each([
  ['2027-02-28', 1, '2027-03-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2027-01-01', -1, '2026-12-31'],
  ['2026-10-24', 2, '2026-10-26'],
  ['2027-03-27', 2, '2027-03-29'],
])('%s and %d days is %s', (from, days, expected) => {
  expect(plusDays(from, days)).toBe(expected);
});

test.each([
  ['2027-01-31', 1, '2027-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2026-12-31', 2, '2027-02-28'],
  ['2027-03-31', -1, '2027-02-28'],
  ['2027-10-15', 2, '2027-12-15'],
  ['2027-12-15', 1, '2028-01-15'],
  ['2028-02-29', 12, '2029-02-28'],
])('%s and %d months is %s', (from, months, expected) => {
  expect(plusMonths(from, months)).toBe(expected);
});

test('going and counting agree, whatever the clocks of Paris do', () => {
  fc.assert(fc.property(day, fc.integer({ min: -4_000, max: 4_000 }), (from, days) => daysBetween(from, plusDays(from, days)) === days));
});

test('months later is in the expected month, never past it', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 48 }), (from, months) => {
      const expected = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + months;
      const to = plusMonths(from, months);
      expect(Number(to.slice(0, 4)) * 12 + Number(to.slice(5, 7)) - 1).toBe(expected);
      expect(Number(to.slice(8))).toBeLessThanOrEqual(Number(from.slice(8)));
    }),
  );
});
