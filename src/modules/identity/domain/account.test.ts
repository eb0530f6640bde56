import { ActNotAllowed, reachable } from '../../../kernel/transitions.js';
import { ACCOUNT_TRANSITIONS, checkMaySignIn, close, isInvited, reopen, type Account } from './account.js';
import { AccountDisabled, EmailNotConfirmed, OwnAdministration } from './identity.errors.js';

const now = new Date('2027-01-15T10:00:00Z');
const anAccount = (over: Partial<Account> = {}): Account => ({
  id: 'u',
  email: 'claude@exemple.test',
  name: 'Claude',
  passwordHash: 'hash',
  emailConfirmedAt: now,
  disabledAt: null,
  version: 1,
  ...over,
});

test('an open, confirmed account signs in', () => {
  expect(() => checkMaySignIn(anAccount())).not.toThrow();
});

test.each([
  ['closed', { disabledAt: now }, AccountDisabled],
  ['closed before it was confirmed', { disabledAt: now, emailConfirmedAt: null }, AccountDisabled],
  ['unconfirmed', { emailConfirmedAt: null }, EmailNotConfirmed],
])('an account %s does not', (_what, over, refusal) => {
  expect(() => checkMaySignIn(anAccount(over))).toThrow(refusal);
});

test('closes once, reopens once', () => {
  const closed = close(anAccount(), 'admin', now);
  expect(closed.disabledAt).toEqual(now);
  expect(() => close(closed, 'admin', now)).toThrow(ActNotAllowed);
  expect(reopen(closed).disabledAt).toBeNull();
  expect(() => reopen(anAccount())).toThrow(ActNotAllowed);
});

test('nobody closes their own account', () => {
  expect(() => close(anAccount(), 'u', now)).toThrow(OwnAdministration);
});

test('is invited until it has a password or a confirmed address', () => {
  const invited = anAccount({ passwordHash: null, emailConfirmedAt: null });
  expect(isInvited(invited)).toBe(true);
  expect(isInvited({ ...invited, passwordHash: 'hash' })).toBe(false);
});

test('every state can be reached', () => {
  expect(reachable(ACCOUNT_TRANSITIONS, 'open')).toEqual(new Set(Object.keys(ACCOUNT_TRANSITIONS)));
});
