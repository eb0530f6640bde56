import fc from 'fast-check';
import { askByGroup, groupBy } from './group-by.js';

test('every item is in the group of its key, in its order, and groups come in the order of their first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (items) => {
      const groups = groupBy(items, (item) => item % 5);
      for (const [key, group] of groups) expect(group).toEqual(items.filter((item) => item % 5 === key));
      expect([...groups.keys()]).toEqual([...new Set(items.map((item) => item % 5))]);
    }),
  );
});

test('each item has its own answer, in its place, and a key is asked once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 20 })), async (items) => {
      const asked: number[] = [];
      const answers = await askByGroup(
        items,
        (item) => item % 5,
        (key, group) => {
          asked.push(key);
          return Promise.resolve(group.map((item) => `${key} ${item}`));
        },
      );
      expect(answers).toEqual(items.map((item) => `${item % 5} ${item}`));
      expect(asked).toEqual([...new Set(items.map((item) => item % 5))]);
    }),
  );
});
