import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { checkMaySignIn } from '../domain/account.js';
import { expiryOf } from '../domain/session.js';
import { AccountRepository } from '../persistence/account.repository.js';
import { SessionRepository } from '../persistence/session.repository.js';
import { personActor } from './person-actor.js';
import { BadCredentials } from './sign-in.errors.js';
import { SessionTokenMaker, type SessionTokens } from './session-tokens.js';
import type { VerifiedAccount } from './verify-credentials.js';

@Injectable()
export class OpenSession {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly tokens: SessionTokenMaker,
  ) {}

  /** @throws BadCredentials when the password changed since it was verified; AccountDisabled, EmailNotConfirmed */
  async execute({ id: userId, passwordHash }: VerifiedAccount): Promise<SessionTokens> {
    const { sessionId, refreshToken, at } = await this.work.run(personActor(userId), async (tx) => {
      const account = await this.accounts.lock(tx.query, userId);
      if (account.passwordHash !== passwordHash) throw new BadCredentials();
      checkMaySignIn(account);
      const session = { id: newId(), userId, generation: 1, createdAt: tx.at, expiresAt: expiryOf(tx.at, tx.at), endedAt: null };
      const made = this.tokens.newRefreshToken({ sessionId: session.id, generation: 1 });
      await this.sessions.add(tx.query, session, made.hash);
      tx.audit('session.opened', { type: 'session', id: session.id }, null, { userId });
      return { sessionId: session.id, refreshToken: made.refreshToken, at: tx.at };
    });
    return this.tokens.issue(userId, sessionId, refreshToken, at);
  }
}
