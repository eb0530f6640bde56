import fc from 'fast-check';
import { extendedDueOn, isOverdue, reportDueOn } from './due-date.js';

test.each([
  ['30 June of the next year', 2027, 2027, null, '2028-06-30'],
  ['of a leap year or not', 2028, 2027, null, '2029-06-30'],
  ['what the call says', 2027, 2027, '2028-03-31', '2028-03-31'],
  ['a year later for the next year of its actions', 2028, 2027, '2028-03-31', '2029-03-31'],
  ['29 February falls on the 28th', 2028, 2027, '2028-02-29', '2029-02-28'],
  ['and on the 29th four years later', 2031, 2027, '2028-02-29', '2032-02-29'],
])('%s', (_what, year, callYear, said, due) => {
  expect(reportDueOn(year, { callYear, reportDueOn: said })).toBe(due);
});

test.each([
  ['an end in the year moves nothing', 2027, '2028-06-30', '2027-12-31', null],
  ['the first day past it: six months after', 2027, '2028-06-30', '2028-01-01', '2028-07-01'],
  ['an end in spring', 2027, '2028-06-30', '2028-03-31', '2028-09-30'],
  ['of a leap February', 2027, '2028-06-30', '2028-02-29', '2028-08-29'],
  ['that ends on the last of August, in a leap year', 2027, '2028-06-30', '2027-08-31', null],
  ['from 31 August to the last of February', 2026, '2027-06-30', '2027-08-31', '2028-02-29'],
  ['never sooner than what the call gave', 2027, '2028-12-31', '2028-03-31', null],
])('%s', (_what, year, due, endsOn, later) => {
  expect(extendedDueOn(year, due, endsOn)).toBe(later);
});

test('the due day itself is in time', () => {
  expect([isOverdue('2028-06-30', '2028-06-30'), isOverdue('2028-06-30', '2028-07-01')]).toEqual([false, true]);
});

test('a due day never comes sooner by a later end', () => {
  const day = fc
    .date({ min: new Date('2024-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(fc.integer({ min: 2024, max: 2050 }), day, day, (year, due, endsOn) => {
      const later = extendedDueOn(year, due, endsOn);
      return later === null || later > due;
    }),
  );
});
