import { columnOf } from './cell.js';

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
