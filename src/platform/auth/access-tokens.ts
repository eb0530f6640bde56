import { SignJWT, jwtVerify } from 'jose';
import { Unauthenticated } from './unauthenticated.js';

/** Seconds an access token is good for; rights are read again at each request, so this only bounds a stolen token. */
export const ACCESS_TOKEN_SECONDS = 900;
const ISSUER = 'bievre';

export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
}

/** Short-lived signed tokens (HS256): who, and in which session. They carry no right. */
export class AccessTokens {
  constructor(private readonly secret: Uint8Array) {}

  issue(claims: AccessClaims, now: Date): Promise<string> {
    const issuedAt = Math.floor(now.getTime() / 1000);
    return new SignJWT({ sid: claims.sessionId })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setSubject(claims.userId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
      .sign(this.secret);
  }

  /** @throws Unauthenticated */
  async verify(token: string, now: Date): Promise<AccessClaims> {
    const verified = await jwtVerify(token, this.secret, { issuer: ISSUER, algorithms: ['HS256'], currentDate: now }).catch(() => null);
    const { sub, sid } = verified?.payload ?? {};
    if (typeof sub !== 'string' || typeof sid !== 'string') throw new Unauthenticated();
    return { userId: sub, sessionId: sid };
  }
}
