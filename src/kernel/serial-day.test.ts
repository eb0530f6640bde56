import { dayOfSerial } from './serial-day.js';

test.each([
  ['46388', '2027-01-01'],
  ['46388.75', '2027-01-01'],
  ['61', '1900-03-01'],
  // The day that never was, and those before it, which programs do not agree on.
  ['60', null],
  ['0', null],
  ['-1', null],
  ['9999999', null],
  ['4.6E4', null],
  ['', null],
])('serial %s is %s', (serial, day) => {
  expect(dayOfSerial(serial)).toBe(day);
});
