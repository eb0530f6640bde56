import fc from 'fast-check';
import { newId } from './id.js';

const instant = fc.integer({ min: 0, max: 2 ** 48 - 2 });

test('is a UUID of version 7, RFC 9562 variant', () => {
  fc.assert(
    fc.property(instant, (now) => {
      expect(newId(now)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }),
  );
});

test('sorts by the millisecond it was made in', () => {
  fc.assert(
    fc.property(instant, instant, (a, b) => {
      fc.pre(a < b);
      expect(newId(a) < newId(b)).toBe(true);
    }),
  );
});

test('carries its instant', () => {
  fc.assert(fc.property(instant, (now) => Number.parseInt(newId(now).replaceAll('-', '').slice(0, 12), 16) === now));
});

test('never comes twice, even in one millisecond', () => {
  const ids = Array.from({ length: 5_000 }, () => newId(1_800_000_000_000));
  expect(new Set(ids).size).toBe(ids.length);
});

test('keeps the order within one millisecond, past four thousand too', () => {
  const ids = Array.from({ length: 5_000 }, () => newId(1_800_000_000_001));
  expect(ids.toSorted()).toEqual(ids);
});
