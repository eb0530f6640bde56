import fc from 'fast-check';
import { inParts } from './parts.js';

test('the parts are the list, in its order, and none is empty or too long', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 7 }), (items, most) => {
      const parts = inParts(items, most);
      expect(parts.flat()).toEqual(items);
      expect(parts.slice(0, -1).every(({ length }) => length === most)).toBe(true);
      expect(parts.every(({ length }) => length >= 1 && length <= most)).toBe(true);
    }),
  );
});
