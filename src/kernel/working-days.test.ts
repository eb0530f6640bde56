import { frenchHolidays, isWorkingDay, workingDaysBefore } from './working-days.js';

test.each([
  [2026, '2026-04-06', '2026-05-14', '2026-05-25'],
  [2027, '2027-03-29', '2027-05-06', '2027-05-17'],
  // Easter on 20 April, and as late as it gets: 25 April.
  [2025, '2025-04-21', '2025-05-29', '2025-06-09'],
  [2038, '2038-04-26', '2038-06-03', '2038-06-14'],
])('in %i Easter Monday, Ascension and Whit Monday are %s, %s and %s', (year, easter, ascension, whit) => {
  const holidays = frenchHolidays(year);
  expect(holidays).toHaveLength(11);
  expect(holidays).toEqual(expect.arrayContaining([easter, ascension, whit, `${year}-01-01`, `${year}-07-14`, `${year}-12-25`]));
});

test('a holiday that falls on another is one day', () => {
  // Ascension fell on 8 May in 1997, and falls on 1 May in 2008.
  expect(frenchHolidays(2008)).toHaveLength(10);
});

test.each([
  ['2027-03-26', true],
  ['2027-03-27', false],
  ['2027-03-28', false],
  ['2027-03-29', false],
  ['2027-05-01', false],
  ['2027-11-11', false],
  ['2027-11-12', true],
])('%s is worked: %s', (day, worked) => {
  expect(isWorkingDay(day)).toBe(worked);
});

test.each([
  // Over a week-end and Easter Monday.
  ['2027-03-31', 1, '2027-03-30'],
  ['2027-03-31', 2, '2027-03-26'],
  ['2027-03-31', 5, '2027-03-23'],
  // From a Sunday.
  ['2027-03-28', 5, '2027-03-22'],
  // Over New Year.
  ['2027-01-04', 5, '2026-12-24'],
  ['2027-01-04', 0, '2027-01-04'],
])('%s less %i working days is %s', (day, count, before) => {
  expect(workingDaysBefore(day, count)).toBe(before);
});
