import { TokenInvalid, TokenNoLongerValid } from './identity.errors.js';

export const TOKEN_PURPOSES = ['confirm-email', 'reset-password', 'invitation'] as const;
export type TokenPurpose = (typeof TOKEN_PURPOSES)[number];

/** Hours that each kind of link is good for. */
const HOURS: Readonly<Record<TokenPurpose, number>> = { 'confirm-email': 48, 'reset-password': 2, invitation: 14 * 24 };
const HOUR_MS = 3_600_000;

/** Messages of one kind that one account gets in an hour: past that, someone is making us pester a third party. */
const MESSAGES_AN_HOUR = 5;

export interface OneTimeToken {
  readonly id: string;
  readonly userId: string;
  readonly purpose: TokenPurpose;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

export function tokenExpiry(purpose: TokenPurpose, now: Date): Date {
  return new Date(now.getTime() + HOURS[purpose] * HOUR_MS);
}

/** @throws TokenInvalid when it was made for something else, TokenNoLongerValid when it was used or has expired */
export function checkUsable(token: OneTimeToken, purpose: TokenPurpose, now: Date): void {
  if (token.purpose !== purpose) throw new TokenInvalid();
  if (token.usedAt !== null || token.expiresAt <= now) throw new TokenNoLongerValid();
}

export function maySendAnother(sentInTheLastHour: number): boolean {
  return sentInTheLastHour < MESSAGES_AN_HOUR;
}
