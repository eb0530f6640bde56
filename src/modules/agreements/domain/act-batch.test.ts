import { ActTwiceInBatch, assertEachActOnce } from './act-batch.js';

test('a batch names each of its acts once', () => {
  expect(() => {
    assertEachActOnce([{ actId: 'a' }, { actId: 'b' }]);
  }).not.toThrow();
  expect(() => {
    assertEachActOnce([{ actId: 'a' }, { actId: 'b' }, { actId: 'a' }]);
  }).toThrow(ActTwiceInBatch);
});
