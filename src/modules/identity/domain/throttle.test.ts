import fc from 'fast-check';
import { secondsToWait, windowStart } from './throttle.js';

const now = new Date('2027-01-15T10:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const failures = (count: number, at = ago(60)) => Array.from({ length: count }, () => at);

test.each([
  ['account', 9, 0],
  ['account', 10, 840],
  ['account', 30, 840],
  ['address', 49, 0],
  ['address', 50, 840],
] as const)('after %s failures: %i', (subject, count, seconds) => {
  expect(secondsToWait(subject, failures(count), now)).toBe(seconds);
});

test('waits until one of the last ten leaves the window', () => {
  expect(secondsToWait('account', [...failures(5, ago(800)), ago(700), ...failures(9, ago(60))], now)).toBe(200);
});

test('what is older than 15 minutes no longer counts', () => {
  expect(secondsToWait('account', failures(10, windowStart(now)), now)).toBe(0);
  expect(secondsToWait('account', failures(10, new Date(windowStart(now).getTime() + 1)), now)).toBe(1);
});

test('once the wait is over one may try', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1200 }), { maxLength: 40 }), (seconds) => {
      const dates = seconds.map(ago);
      const later = new Date(now.getTime() + secondsToWait('account', dates, now) * 1000);
      expect(secondsToWait('account', dates, later)).toBe(0);
    }),
  );
});
