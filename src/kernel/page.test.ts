import fc from 'fast-check';
import { pageOf, type Page, type PageRequest } from './page.js';

const request = (over: Partial<PageRequest> = {}): PageRequest => ({ limit: 3, after: null, count: false, ...over });
const key = (row: number): readonly number[] => [row];

test.each([
  [[], [], null],
  [[1, 2], [1, 2], null],
  [[1, 2, 3], [1, 2, 3], null],
  [[1, 2, 3, 4], [1, 2, 3], [3]],
])('cuts %j into %j, then %j', (rows, kept, following) => {
  expect(pageOf<number>(rows, request(), key)).toEqual({ rows: kept, next: following });
});

test('carries a total only when it is given one', () => {
  expect(pageOf([1], request(), key)).not.toHaveProperty('total');
  expect(pageOf<number>([], request({ count: true }), key, 0)).toEqual({ rows: [], next: null, total: 0 });
});

test('page after page gives every row once, in order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { maxLength: 60 }), fc.integer({ min: 1, max: 100 }), (values, limit) => {
      const all = values.sort((a, b) => a - b);
      const read: number[] = [];
      let after: PageRequest['after'] = null;
      do {
        const from: number = after === null ? -Infinity : Number(after[0]);
        const page: Page<number> = pageOf(all.filter((row) => row > from).slice(0, limit + 1), request({ limit, after }), key);
        expect(page.rows.length).toBeLessThanOrEqual(limit);
        read.push(...page.rows);
        after = page.next;
      } while (after !== null);
      expect(read).toEqual(all);
    }),
  );
});
