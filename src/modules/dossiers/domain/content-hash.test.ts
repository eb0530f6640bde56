import fc from 'fast-check';
import { canonicalJson, contentHash } from './content-hash.js';

test.each([
  [{ b: 1, a: { d: null, c: true } }, '{"a":{"c":true,"d":null},"b":1}'],
  [{ amountCents: 123n }, '{"amountCents":"123"}'],
  [{ at: new Date('2026-10-30T11:00:00Z') }, '{"at":"2026-10-30T11:00:00.000Z"}'],
  [{ a: undefined, b: [2, 1, 'é"'] }, '{"b":[2,1,"é\\""]}'],
  [{}, '{}'],
])('%p is written %s', (value, expected) => {
  expect(canonicalJson(value)).toBe(expected);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, Symbol('x'), () => 0])('refuses %p', (value) => {
  expect(() => canonicalJson({ list: [value] })).toThrow(TypeError);
});

test('is a SHA-256', () => {
  expect(contentHash({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});

const content = fc.dictionary(fc.string(), fc.jsonValue());

test('the order in which properties were written does not matter', () => {
  fc.assert(
    fc.property(content, (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      expect(contentHash(reversed)).toBe(contentHash(value));
    }),
  );
});

test('what is written is JSON of the same value, so two different contents never share it', () => {
  fc.assert(
    fc.property(content, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('the order of a list matters, and any change is seen', () => {
  expect(contentHash({ actions: [1, 2] })).not.toBe(contentHash({ actions: [2, 1] }));
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
      expect(contentHash({ amountCents: a }) === contentHash({ amountCents: b })).toBe(a === b);
    }),
  );
});
