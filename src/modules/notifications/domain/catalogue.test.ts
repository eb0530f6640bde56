import { CATALOGUE, mailFor, mailsOf, mayReceive, NOTIFIED_EVENTS, type CatalogueEntry } from './catalogue.js';

const entries = NOTIFIED_EVENTS.map((event) => CATALOGUE[event] as CatalogueEntry);

test('no message is promised by two events', () => {
  const kinds = entries.flatMap((entry) => mailsOf(entry));
  expect(new Set(kinds).size).toBe(kinds.length);
});

test.each([
  ['membership.decided.v1', 'active', 'membership-granted'],
  ['membership.decided.v1', 'refused', 'membership-refused'],
  ['membership.decided.v1', 'ended', 'membership-ended'],
  ['membership.decided.v1', 'requested', null],
  ['membership.requested.v1', 'active', 'membership-requested'],
  ['dossier.admissibility-decided.v1', 'admissible', 'admissible'],
  ['dossier.admissibility-decided.v1', 'inadmissible', 'inadmissible'],
  ['dossier.admissibility-decided.v1', 'withdrawn', null],
  ['dossier.submitted.v1', 'to-complete', 'receipt'],
] as const)('%s on an object that is %s: %s', (event, state, kind) => {
  expect(mailFor(CATALOGUE[event], state)).toBe(kind);
});

test('only the messages that open or recover an account go to an unconfirmed address, and none to a closed account', () => {
  const unconfirmed = { isConfirmed: false, isDisabled: false };
  expect(mayReceive('account-confirmation', unconfirmed)).toBe(true);
  expect(mayReceive('invitation', unconfirmed)).toBe(true);
  expect(mayReceive('password-reset', unconfirmed)).toBe(true);
  expect(mayReceive('receipt', unconfirmed)).toBe(false);
  expect(mayReceive('receipt', { isConfirmed: true, isDisabled: false })).toBe(true);
  expect(mayReceive('password-reset', { isConfirmed: true, isDisabled: true })).toBe(false);
});
