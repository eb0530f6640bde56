import { Cursors, InvalidCursor } from './paging.js';

const cursors = new Cursors(Buffer.from('secret'));
const page = (path: string, query: Record<string, unknown>) => cursors.requestOf(path, query);
const cursorFor = (path: string, query: Record<string, unknown>) => cursors.encode(['a', 2, null], Cursors.fingerprint(path, query));

test('a cursor gives back the values it was made of', () => {
  const cursor = cursorFor('/v1/dossiers', { status: 'draft' });
  expect(page('/v1/dossiers', { status: 'draft', cursor }).after).toEqual(['a', 2, null]);
});

test('limit, count and the order of filters may change between pages', () => {
  const cursor = cursorFor('/v1/dossiers', { status: 'draft', q: 'x', limit: '10' });
  expect(page('/v1/dossiers', { q: 'x', status: 'draft', limit: '20', count: 'true', cursor })).toMatchObject({ limit: 20, count: true });
});

test.each([
  ['another filter', '/v1/dossiers', { status: 'submitted' }],
  ['another list', '/v1/funding-lines', { status: 'draft' }],
  ['another sort', '/v1/dossiers', { status: 'draft', sort: '-createdAt' }],
])('a cursor is refused with %s', (_what, path, query) => {
  const cursor = cursorFor('/v1/dossiers', { status: 'draft' });
  expect(() => page(path, { ...query, cursor })).toThrow(InvalidCursor);
});

test.each(['', 'x', 'a.b', 'bm9wZQ.bm9wZQ'])('a forged cursor (%j) is refused', (cursor) => {
  if (cursor === '') expect(page('/v1/dossiers', { cursor }).after).toBeNull();
  else expect(() => page('/v1/dossiers', { cursor })).toThrow(InvalidCursor);
});

test('cursors of another secret are refused', () => {
  const foreign = new Cursors(Buffer.from('other')).encode(['a'], Cursors.fingerprint('/v1/dossiers', {}));
  expect(() => page('/v1/dossiers', { cursor: foreign })).toThrow(InvalidCursor);
});
