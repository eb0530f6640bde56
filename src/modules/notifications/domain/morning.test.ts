import { isMorningCome } from './morning.js';

test.each([
  ['2027-01-15T05:59:59Z', false],
  ['2027-01-15T06:00:00Z', true],
  // In summer time.
  ['2027-07-15T04:59:59Z', false],
  ['2027-07-15T05:00:00Z', true],
  ['2027-01-15T23:30:00Z', false],
])('at %s: %s', (instant, come) => {
  expect(isMorningCome(new Date(instant))).toBe(come);
});
