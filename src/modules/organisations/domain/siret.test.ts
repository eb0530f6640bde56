import fc from 'fast-check';
import { InvalidSiret, parseSiret, sirenOf } from './siret.js';

test.each([
  ['73282932000074', '73282932000074'],
  ['732 829 320 00074', '73282932000074'],
  ['  732\u00a0829\u202f320 00074 ', '73282932000074'],
  ['13002526500013', '13002526500013'],
  ['35600000000048', '35600000000048'],
  ['35600000009075', '35600000009075'],
  ['356 000 000 00001', '35600000000001'],
  ['35600000049837', '35600000049837'],
])('reads %j as %j', (text, expected) => {
  expect(parseSiret(text)).toBe(expected);
});

test.each([
  '',
  '0',
  '00000000000000',
  '000 000 000 00000',
  '73282932000075',
  '35600000000002',
  '7328293200007',
  '732829320000740',
  '7328293200007A',
  '٧٣٢٨٢٩٣٢٠٠٠٠٧٤',
])('refuses %j', (text) => {
  expect(() => parseSiret(text)).toThrow(InvalidSiret);
  expect(() => parseSiret(text)).toThrow(expect.objectContaining({ code: 'INVALID_SIRET' }));
});

test('of the ten keys that a thirteen-digit stem may take, one is right', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9]\d{12}$/), (stem) => {
      fc.pre(!stem.startsWith('356000000'));
      const accepted = Array.from({ length: 10 }, (_, key) => `${stem}${key}`).filter(isSiret);
      expect(accepted).toHaveLength(1);
    }),
  );
});

test('one wrong digit is always seen', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 13 }), fc.integer({ min: 1, max: 9 }), (position, shift) => {
      const digits = [...'73282932000074'];
      digits[position] = String((Number(digits[position]) + shift) % 10);
      expect(isSiret(digits.join(''))).toBe(false);
    }),
  );
});

test('an establishment of La Poste is checked by the sum of its digits', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{5}$/), (establishment) => {
      fc.pre(establishment !== '00048');
      const total = [...`356000000${establishment}`].reduce((sum, digit) => sum + Number(digit), 0);
      expect(isSiret(`356000000${establishment}`)).toBe(total % 5 === 0);
    }),
  );
});

test('the legal unit is the first nine digits', () => {
  expect(sirenOf('73282932000074')).toBe('732829320');
});

function isSiret(text: string): boolean {
  try {
    return parseSiret(text) === text;
  } catch {
    return false;
  }
}
