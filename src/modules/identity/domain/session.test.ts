import fc from 'fast-check';
import { newId } from '../../../kernel/id.js';
import { expiryOf, judge, parseRefreshToken, writeRefreshToken, type Session } from './session.js';

const now = new Date('2027-01-15T10:00:00Z');
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
const random = 'r'.repeat(43);
const aSession = (over: Partial<Session> = {}): Session => ({
  id: newId(),
  userId: newId(),
  generation: 3,
  createdAt: days(-1),
  expiresAt: days(10),
  endedAt: null,
  ...over,
});

test('a token reads back as what it was written from', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), (generation) => {
      const sessionId = newId();
      expect(parseRefreshToken(writeRefreshToken({ sessionId, generation }, random))).toEqual({ sessionId, generation });
    }),
  );
});

test('no text makes the reading fail', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseRefreshToken(text)));
});

test.each([
  ['no text', ''],
  ['no random', `${newId()}.1`],
  ['generation 0', `${newId()}.0.${random}`],
  ['a leading zero', `${newId()}.01.${random}`],
  ['a short random', `${newId()}.1.abc`],
  ['something after', `${newId()}.1.${random}\n`],
])('refuses a token with %s', (_what, text) => {
  expect(parseRefreshToken(text)).toBeNull();
});

test.each<[string, Partial<Session>, number, boolean, string]>([
  ['the last one', {}, 3, true, 'current'],
  ['one already exchanged', {}, 2, false, 'reused'],
  ['the right number, another secret', {}, 3, false, 'invalid'],
  ['one not made yet', {}, 4, false, 'invalid'],
  ['the last one of an ended session', { endedAt: days(-1) }, 3, true, 'invalid'],
  ['an old one of an ended session', { endedAt: days(-1) }, 1, false, 'invalid'],
  ['the last one, at the instant it expires', { expiresAt: now }, 3, true, 'invalid'],
])('shown %s', (_what, over, generation, hashMatches, expected) => {
  const session = aSession(over);
  expect(judge(session, { sessionId: session.id, generation }, hashMatches, now)).toBe(expected);
});

test('a session lives 30 days unused, and never past 90 days', () => {
  expect(expiryOf(now, now)).toEqual(days(30));
  expect(expiryOf(days(-80), now)).toEqual(days(10));
});
