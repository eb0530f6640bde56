import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { SessionRepository } from '../persistence/session.repository.js';
import { SignInFailureRepository } from '../persistence/sign-in-failure.repository.js';
import { TokenRepository } from '../persistence/token.repository.js';

/** Days that each thing is kept once it no longer serves. */
const KEPT_DAYS = { failures: 1, tokens: 30, sessions: 90 } as const;
const DAY_MS = 86_400_000;

/** Forgets what only tells where and when people signed in. */
@Injectable()
export class PurgeIdentity {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly failures: SignInFailureRepository,
    private readonly tokens: TokenRepository,
    private readonly sessions: SessionRepository,
  ) {}

  async execute(): Promise<void> {
    const before = (days: number) => new Date(this.clock.now().getTime() - days * DAY_MS);
    await this.failures.purge(this.work.read, before(KEPT_DAYS.failures));
    await this.tokens.purge(this.work.read, before(KEPT_DAYS.tokens));
    await this.sessions.purge(this.work.read, before(KEPT_DAYS.sessions));
  }
}
