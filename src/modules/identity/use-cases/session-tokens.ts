import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from '../../../platform/auth/access-tokens.js';
import { writeRefreshToken, type RefreshToken } from '../domain/session.js';

/** What a signed-in client holds. `expiresIn`: seconds that the access token is good for. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken: string;
}

/** Makes the tokens of a session. Of a refresh token only the hash is kept; it is random enough to need no salt. */
@Injectable()
export class SessionTokenMaker {
  constructor(private readonly accessTokens: AccessTokens) {}

  newRefreshToken(of: RefreshToken): { refreshToken: string; hash: Buffer } {
    const refreshToken = writeRefreshToken(of, randomBytes(32).toString('base64url'));
    return { refreshToken, hash: this.hashOf(refreshToken) };
  }

  hashOf(refreshToken: string): Buffer {
    return createHash('sha256').update(refreshToken).digest();
  }

  async issue(userId: string, sessionId: string, refreshToken: string, now: Date): Promise<SessionTokens> {
    const accessToken = await this.accessTokens.issue({ userId, sessionId }, now);
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS, refreshToken };
  }
}
