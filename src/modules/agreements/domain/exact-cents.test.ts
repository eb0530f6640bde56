import fc from 'fast-check';
import { centsOfNumber, centsOfText, digitsOf } from './exact-cents.js';

test.each([
  ['1234.56', 123_456n],
  ['1234.5', 123_450n],
  ['1234', 123_400n],
  ['0.1', 10n],
  ['0.30000000000000004', 30n],
  ['1234.5599999999999', 123_456n],
  ['1234.5600000000001', 123_456n],
  ['-12.34', -1234n],
  ['-0.30000000000000004', -30n],
  // Times a hundred, a float makes 114.99999999999999 of it.
  ['1.15', 115n],
  ['1.5E3', 150_000n],
  ['1.2345E-1', null],
  ['1.5E+3', 150_000n],
  // More than a float can hold: exact all the same.
  ['999999999999.99', 99_999_999_999_999n],
  ['1000000000000', null],
  ['1E99', null],
  ['0.005', null],
  ['12.345', null],
  ['', null],
  ['12,5', null],
  ['0x10', null],
  ['NaN', null],
])('the number %s is %s cents', (text, cents) => {
  expect(centsOfNumber(text)).toBe(cents);
});

test('every amount is read back to the cent', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999_999n }), (cents) => {
      expect(centsOfNumber(`${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`)).toBe(cents);
    }),
  );
});

test.each([
  ['1 234,56', 123_456n],
  ['1\u202f234,56\u00a0€', 123_456n],
  ['1234.5 EUR', 123_450n],
  ['-5', -500n],
  ['1.234,56', null],
  ['1,234.56', null],
  ['1,234', null],
  ['cent', null],
])('the text %s is %s cents', (text, cents) => {
  expect(centsOfText(text)).toBe(cents);
});

test.each([
  ['10', '10'],
  ['10.0', '10'],
  ['2.103456789E9', '2103456789'],
  ['10.5', '10.5'],
  ['-1', '-1'],
  ['A10', 'A10'],
])('%s reads as %s', (text, digits) => {
  expect(digitsOf(text)).toBe(digits);
});
