import { assertOnceEach, LineTwiceInBatch } from './approval-batch.js';

test('a batch names each of its lines once', () => {
  expect(() => {
    assertOnceEach([{ lineId: 'a' }, { lineId: 'b' }]);
  }).not.toThrow();
  expect(() => {
    assertOnceEach([{ lineId: 'a' }, { lineId: 'b' }, { lineId: 'a' }]);
  }).toThrow(LineTwiceInBatch);
});
