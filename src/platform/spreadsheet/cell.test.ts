import { columnOf, dayOfSerial } from './cell.js';

test.each([
  ['A1', 0],
  ['Z9', 25],
  ['AA10', 26],
  ['BC7', 54],
  ['XFD1', 16_383],
  ['1', null],
  ['', null],
  ['ABCD1', null],
  ['é1', null],
])('%s is column %s', (reference, column) => {
  expect(columnOf(reference)).toBe(column);
});

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
