import { parisDay } from './paris-day.js';

test.each([
  ['2027-01-14T22:59:59.999Z', '2027-01-14'],
  ['2027-01-14T23:00:00.000Z', '2027-01-15'],
  ['2027-07-14T21:59:59.999Z', '2027-07-14'],
  ['2027-07-14T22:00:00.000Z', '2027-07-15'],
])('%s is %s in Paris', (instant, day) => {
  expect(parisDay(new Date(instant))).toBe(day);
});
