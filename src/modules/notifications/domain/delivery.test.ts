import { messageIdOf, ref, refList } from './delivery.js';

test.each([
  ['https://bievre.example.org', '<0190@bievre.example.org>'],
  ['http://127.0.0.1:3000', '<0190@127.0.0.1>'],
  ['http://[::1]:3000/app', '<0190@bievre.invalid>'],
])('the message id under %s is %s', (url, id) => {
  expect(messageIdOf('0190', url)).toBe(id);
});

test('a missing reference is a mistake of ours, said as such', () => {
  const refs = { dossierId: 'd', lineIds: ['a', 'b'] };
  expect(ref(refs, 'dossierId')).toBe('d');
  expect(refList(refs, 'lineIds')).toEqual(['a', 'b']);
  expect(() => ref(refs, 'userId')).toThrow('userId');
  expect(() => ref(refs, 'lineIds')).toThrow('lineIds');
  expect(() => refList(refs, 'dossierId')).toThrow('dossierId');
});
