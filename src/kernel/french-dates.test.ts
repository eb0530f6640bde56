import { dayInFrench, instantInFrench } from './french-dates.js';

test.each([
  ['2027-01-15', '15 janvier 2027'],
  ['2027-03-01', '1er mars 2027'],
  ['2027-08-11', '11 août 2027'],
  ['2028-02-29', '29 février 2028'],
])('the day %s is said « %s »', (day, said) => {
  expect(dayInFrench(day)).toBe(said);
});

test.each([
  ['2027-01-15T09:30:00Z', '15 janvier 2027 à 10 h 30 (heure de Paris)'],
  // Summer time: two hours ahead, and already the next day.
  ['2027-06-30T22:05:00Z', '1er juillet 2027 à 00 h 05 (heure de Paris)'],
])('the instant %s is said « %s »', (instant, said) => {
  expect(instantInFrench(new Date(instant)).replace(/\u00a0/g, ' ')).toBe(said);
});
