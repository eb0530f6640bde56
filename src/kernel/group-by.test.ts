import fc from 'fast-check';
import { groupBy } from './group-by.js';

test('every item is in the group of its key, in its order, and groups come in the order of their first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (items) => {
      const groups = groupBy(items, (item) => item % 5);
      for (const [key, group] of groups) expect(group).toEqual(items.filter((item) => item % 5 === key));
      expect([...groups.keys()]).toEqual([...new Set(items.map((item) => item % 5))]);
    }),
  );
});
