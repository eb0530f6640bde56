import { InvalidRna, parseRna } from './rna.js';

test.each([
  ['W941234567', 'W941234567'],
  ['W9R1234567', 'W9R1234567'],
  [' w94 1234567 ', 'W941234567'],
])('reads %j as %s', (text, expected) => {
  expect(parseRna(text)).toBe(expected);
});

test.each(['', 'W', '941234567', 'W94123456', 'W9412345678', 'WA41234567', 'W9-1234567', 'X941234567', 'W94123456A'])(
  'refuses %j',
  (text) => {
    expect(() => parseRna(text)).toThrow(InvalidRna);
    expect(() => parseRna(text)).toThrow(expect.objectContaining({ code: 'INVALID_RNA' }));
  },
);
