import { cents } from '../../../kernel/money.js';
import { grantKind, isBilateral, type YearOfGrants } from './act-kind.js';

const THRESHOLD = 2_300_000n;
const aYear = (already: bigint, granted: bigint, legalForm = 'association'): YearOfGrants => ({
  legalForm,
  alreadyCents: cents(already),
  newCents: cents(granted),
  agreementAboveCents: cents(THRESHOLD),
});

test.each([
  [0n, 1n, 'order'],
  [0n, THRESHOLD, 'order'],
  [0n, THRESHOLD + 1n, 'agreement'],
  [1_500_000n, 800_000n, 'order'],
  [1_500_000n, 800_001n, 'agreement'],
  [THRESHOLD, 1n, 'agreement'],
] as const)('after %i cents, %i more: %s', (already, granted, kind) => {
  expect(grantKind(aYear(already, granted))).toBe(kind);
});

test.each([
  ['association', 'agreement'],
  ['cooperative', 'agreement'],
  ['company', 'agreement'],
  ['foundation', 'agreement'],
  ['other', 'agreement'],
  ['public-body', 'order'],
  ['school', 'order'],
] as const)('for a %s far above the threshold: %s', (legalForm, kind) => {
  expect(grantKind(aYear(0n, THRESHOLD * 10n, legalForm))).toBe(kind);
});

test.each([
  ['order', null, false, false],
  ['agreement', null, true, true],
  ['cpo', null, false, true],
  ['refusal-letter', null, false, false],
  ['amendment', 'order', false, false],
  ['amendment', 'order', true, true],
  ['amendment', 'agreement', false, true],
  ['amendment', 'cpo', false, true],
] as const)('%s (of %s, agreement due: %s) is signed by both: %s', (kind, amended, due, both) => {
  expect(isBilateral(kind, amended, due)).toBe(both);
});
