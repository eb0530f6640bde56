/** Days a session lives without being used. */
const IDLE_DAYS = 30;
/** Days after which one signs in again, however active. */
const LONGEST_DAYS = 90;
const DAY_MS = 86_400_000;

/** `<sessionId>.<generation>.<random>`: each refresh makes the next generation and voids this one. */
export interface RefreshToken {
  readonly sessionId: string;
  readonly generation: number;
}

export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly generation: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

export type Presented = 'current' | 'reused' | 'invalid';

const FORM = /^([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\.([1-9]\d{0,8})\.[\w-]{43}$/;

/** What a token says of itself, or null when it is none of ours. */
export function parseRefreshToken(token: string): RefreshToken | null {
  const [, sessionId, generation] = FORM.exec(token) ?? [];
  return sessionId === undefined ? null : { sessionId, generation: Number(generation) };
}

export function writeRefreshToken({ sessionId, generation }: RefreshToken, random: string): string {
  return `${sessionId}.${generation}.${random}`;
}

/**
 * What showing this token means. An older generation was exchanged already, so it was copied, or its answer was lost: both end the session.
 * There is no tolerance for a double click: a client refreshes one at a time, and who lost the answer signs in again.
 * @param hashMatches whether the token is, to the letter, the session's current one
 */
export function judge(session: Session, token: RefreshToken, hashMatches: boolean, now: Date): Presented {
  if (session.endedAt !== null || session.expiresAt <= now) return 'invalid';
  if (token.generation < session.generation) return 'reused';
  return token.generation === session.generation && hashMatches ? 'current' : 'invalid';
}

/** When a session used now ends if it is not used again. */
export function expiryOf(createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + IDLE_DAYS * DAY_MS, createdAt.getTime() + LONGEST_DAYS * DAY_MS));
}
