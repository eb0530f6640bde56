import { TokenInvalid, TokenNoLongerValid } from './identity.errors.js';
import { checkUsable, maySendAnother, tokenExpiry, type OneTimeToken } from './one-time-token.js';

const now = new Date('2027-01-15T10:00:00.000Z');
const aToken = (over: Partial<OneTimeToken> = {}): OneTimeToken => ({
  id: 't',
  userId: 'u',
  purpose: 'reset-password',
  expiresAt: new Date('2027-01-15T10:00:00.001Z'),
  usedAt: null,
  ...over,
});

test.each([
  ['confirm-email', '2027-01-17T10:00:00.000Z'],
  ['reset-password', '2027-01-15T12:00:00.000Z'],
  ['invitation', '2027-01-29T10:00:00.000Z'],
] as const)('a token to %s lives until %s', (purpose, until) => {
  expect(tokenExpiry(purpose, now).toISOString()).toBe(until);
});

test('is good until its last millisecond, once, for its purpose', () => {
  expect(() => checkUsable(aToken(), 'reset-password', now)).not.toThrow();
  expect(() => checkUsable(aToken({ expiresAt: now }), 'reset-password', now)).toThrow(TokenNoLongerValid);
  expect(() => checkUsable(aToken({ usedAt: now }), 'reset-password', now)).toThrow(TokenNoLongerValid);
  expect(() => checkUsable(aToken(), 'invitation', now)).toThrow(TokenInvalid);
});

test('five messages of a kind an hour, no more', () => {
  expect([0, 4, 5, 6].map(maySendAnother)).toEqual([true, true, false, false]);
});
