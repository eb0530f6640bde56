import { declarationsOf, declaresSomething, type DeclarationsGiven } from './attestation.js';
import { AttestationIncomplete } from './dossier.errors.js';

const complete = {
  exactness: true,
  upToDate: true,
  republicanCommitment: true,
  publicAidOver500k: false,
  bankDetailsInItsName: true,
} as const;

function missingFrom(given: DeclarationsGiven): string[] {
  try {
    declarationsOf(given);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(AttestationIncomplete);
    return (error as AttestationIncomplete).fields.map(({ pointer }) => pointer);
  }
}

test('a complete attestation is kept, public aid above or below', () => {
  expect(declarationsOf(complete)).toEqual({ ...complete, mandate: null });
  expect(declarationsOf({ ...complete, publicAidOver500k: true, mandate: 'Pouvoir du 3 janvier' })).toMatchObject({
    publicAidOver500k: true,
    mandate: 'Pouvoir du 3 janvier',
  });
});

test.each(['exactness', 'upToDate', 'republicanCommitment', 'bankDetailsInItsName'] as const)('%s must be true', (name) => {
  for (const value of [false, null, undefined]) expect(missingFrom({ ...complete, [name]: value })).toEqual([`/${name}`]);
});

test('public aid must be answered, whatever the answer', () => {
  for (const value of [null, undefined]) expect(missingFrom({ ...complete, publicAidOver500k: value })).toEqual(['/publicAidOver500k']);
});

test.each<[DeclarationsGiven, boolean]>([
  [{}, false],
  [{ exactness: undefined, mandate: null }, false],
  [{ exactness: false }, true],
  [complete, true],
])('%j declares something: %s', (given, expected) => {
  expect(declaresSomething(given)).toBe(expected);
});
