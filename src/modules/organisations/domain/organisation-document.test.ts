import { documentState, validityOf, type DocumentKind } from './organisation-document.js';
import { DocumentAlreadyExpired, IssuedInTheFuture, ValidityEndsBeforeIssue } from './organisation-document.errors.js';

test.each([
  [null, 'none'],
  ['2027-03-31', 'valid'],
  ['2027-03-30', 'expiring'],
  ['2027-02-28', 'expiring'],
  ['2027-02-27', 'expired'],
] as const)('good until %s: %s on 28 February', (validUntil, state) => {
  expect(documentState(validUntil, '2027-02-28')).toBe(state);
});

const given = (kind: DocumentKind, issuedOn: string | null, validUntil: string | null) => ({ kind, issuedOn, validUntil });

test.each([
  // Its own end, whatever its kind's habit.
  [given('insurance-certificate', '2027-01-10', '2027-06-30'), '2027-06-30'],
  [given('statutes', null, '2030-01-01'), '2030-01-01'],
  // Its kind's habit, from its issue, or from the day it is given.
  [given('insurance-certificate', '2027-01-10', null), '2028-01-10'],
  [given('insurance-certificate', null, null), '2028-02-28'],
  [given('annual-accounts', '2026-06-30', null), '2027-12-30'],
  [given('officers-list', '2026-02-28', null), '2027-02-28'],
  // For ever.
  [given('statutes', '1998-05-04', null), null],
  [given('bank-details', null, null), null],
] as const)('%j is good until %s', (document, end) => {
  expect(validityOf(document, '2027-02-28')).toBe(end);
});

test.each([
  [given('statutes', '2027-03-01', null), IssuedInTheFuture],
  [given('accreditation', '2027-02-01', '2027-01-31'), ValidityEndsBeforeIssue],
  [given('accreditation', null, '2027-02-27'), DocumentAlreadyExpired],
  [given('officers-list', '2026-02-27', null), DocumentAlreadyExpired],
] as const)('%j is refused', (document, refusal) => {
  expect(() => validityOf(document, '2027-02-28')).toThrow(refusal);
});
