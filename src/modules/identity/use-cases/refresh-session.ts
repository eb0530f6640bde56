import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { expiryOf, judge, parseRefreshToken } from '../domain/session.js';
import { SessionRepository } from '../persistence/session.repository.js';
import { RefreshTokenInvalid, RefreshTokenReused } from './sign-in.errors.js';
import { SessionTokenMaker, type SessionTokens } from './session-tokens.js';

type Outcome =
  | { readonly verdict: 'invalid' | 'reused' }
  | { readonly verdict: 'current'; readonly userId: string; readonly refreshToken: string; readonly at: Date };

@Injectable()
export class RefreshSession {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sessions: SessionRepository,
    private readonly tokens: SessionTokenMaker,
  ) {}

  /** @throws RefreshTokenInvalid, RefreshTokenReused: then the session is over */
  async execute(refreshToken: string): Promise<SessionTokens> {
    const shown = parseRefreshToken(refreshToken);
    if (!shown) throw new RefreshTokenInvalid();
    // The verdict leaves the transaction as a value, since ending a session on a reuse must be kept although the answer is a refusal.
    const outcome = await this.work.run(SYSTEM, async (tx): Promise<Outcome> => {
      const found = await this.sessions.lock(tx.query, shown.sessionId);
      if (!found) return { verdict: 'invalid' };
      const { session, tokenHash } = found;
      const verdict = judge(session, shown, tokenHash.equals(this.tokens.hashOf(refreshToken)), tx.at);
      if (verdict === 'reused') {
        await this.sessions.end(tx.query, session.id, 'token-reused', tx.at);
        const told = { userId: session.userId, shown: shown.generation, current: session.generation };
        tx.audit('session.reuse-detected', { type: 'session', id: session.id }, null, told);
      }
      if (verdict !== 'current') return { verdict };
      const generation = session.generation + 1;
      const made = this.tokens.newRefreshToken({ sessionId: session.id, generation });
      await this.sessions.rotate(tx.query, { ...session, generation, expiresAt: expiryOf(session.createdAt, tx.at) }, made.hash);
      return { verdict, userId: session.userId, refreshToken: made.refreshToken, at: tx.at };
    });
    if (outcome.verdict !== 'current') throw outcome.verdict === 'reused' ? new RefreshTokenReused() : new RefreshTokenInvalid();
    return this.tokens.issue(outcome.userId, shown.sessionId, outcome.refreshToken, outcome.at);
  }
}
