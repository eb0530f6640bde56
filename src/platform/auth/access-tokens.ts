import { subtle, type webcrypto } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import { Unauthenticated } from './unauthenticated.js';

/** Seconds an access token is good for; rights are read again at each request, so this only bounds a stolen token. */
export const ACCESS_TOKEN_SECONDS = 900;
const ISSUER = 'bievre';

export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
}

export interface VerifiedClaims extends AccessClaims {
  /** Milliseconds since the epoch at which the token stops being good. */
  readonly endsAt: number;
}

/** Tokens found good, with their end. At 15 minutes a token, that many people at work at once. */
const REMEMBERED = 10_000;

/** Short-lived signed tokens (HS256): who, and in which session. They carry no right. */
export class AccessTokens {
  /** Imported once: given as bytes it would be at each token. */
  private readonly key: Promise<webcrypto.CryptoKey>;
  /** A token is sent with each request of its quarter of an hour; its signature is checked once. */
  private readonly good = new Map<string, VerifiedClaims>();

  constructor(secret: Uint8Array) {
    this.key = subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  }

  async issue(claims: AccessClaims, now: Date): Promise<string> {
    const issuedAt = Math.floor(now.getTime() / 1000);
    return new SignJWT({ sid: claims.sessionId })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setSubject(claims.userId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
      .sign(await this.key);
  }

  /** @throws Unauthenticated */
  async verify(token: string, now: Date): Promise<VerifiedClaims> {
    const known = this.good.get(token);
    if (known && now.getTime() < known.endsAt) return known;
    const verified = await jwtVerify(token, await this.key, { issuer: ISSUER, algorithms: ['HS256'], currentDate: now }).catch(() => null);
    const { sub, sid, exp } = verified?.payload ?? {};
    if (typeof sub !== 'string' || typeof sid !== 'string' || typeof exp !== 'number') throw new Unauthenticated();
    const claims = { userId: sub, sessionId: sid, endsAt: exp * 1000 };
    this.remember(token, claims);
    return claims;
  }

  private remember(token: string, claims: VerifiedClaims): void {
    if (this.good.size >= REMEMBERED) this.good.clear();
    this.good.set(token, claims);
  }
}
