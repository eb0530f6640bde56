import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { AccessTokens } from '../../../platform/auth/access-tokens.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { Unauthenticated } from '../../../platform/auth/unauthenticated.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { judge, parseRefreshToken } from '../domain/session.js';
import { SessionRepository } from '../persistence/session.repository.js';
import { SessionTokenMaker } from './session-tokens.js';

/** Either token of a session ends it: an access token that has expired must not keep anyone from leaving. */
export interface LogOutCommand {
  readonly refreshToken?: string | undefined;
  readonly accessToken?: string | undefined;
}

@Injectable()
export class LogOut {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly sessions: SessionRepository,
    private readonly accessTokens: AccessTokens,
    private readonly tokens: SessionTokenMaker,
  ) {}

  /** Leaving twice is leaving. @throws Unauthenticated when no token was given, or an access token that is not good */
  async execute({ refreshToken, accessToken }: LogOutCommand): Promise<void> {
    if (refreshToken !== undefined) await this.byRefreshToken(refreshToken);
    else if (accessToken !== undefined) await this.end((await this.accessTokens.verify(accessToken, this.clock.now())).sessionId);
    else throw new Unauthenticated();
  }

  private async byRefreshToken(refreshToken: string): Promise<void> {
    const shown = parseRefreshToken(refreshToken);
    if (shown) await this.end(shown.sessionId, refreshToken);
  }

  private async end(sessionId: string, refreshToken?: string): Promise<void> {
    await this.work.run(SYSTEM, async (tx) => {
      const found = await this.sessions.lock(tx.query, sessionId);
      if (!found || found.session.endedAt !== null) return;
      if (refreshToken !== undefined) {
        const shown = parseRefreshToken(refreshToken);
        const matches = found.tokenHash.equals(this.tokens.hashOf(refreshToken));
        if (!shown || judge(found.session, shown, matches, tx.at) === 'invalid') return;
      }
      await this.sessions.end(tx.query, sessionId, 'signed-out', tx.at);
      tx.audit('session.closed', { type: 'session', id: sessionId }, null, { userId: found.session.userId });
    });
  }
}
