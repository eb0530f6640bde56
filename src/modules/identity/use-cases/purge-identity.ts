import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { RetentionRepository } from '../persistence/retention.repository.js';
import { SessionRepository } from '../persistence/session.repository.js';
import { SignInFailureRepository } from '../persistence/sign-in-failure.repository.js';
import { TokenRepository } from '../persistence/token.repository.js';

/** A failure only serves to slow down the next ones: no rule is to keep it longer. */
const FAILURES_KEPT_DAYS = 1;
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
    private readonly retention: RetentionRepository,
  ) {}

  async execute(): Promise<void> {
    const before = (days: number) => new Date(this.clock.now().getTime() - days * DAY_MS);
    await this.failures.purge(this.work.read, before(FAILURES_KEPT_DAYS));
    await this.tokens.purge(this.work.read, before(await this.retention.archivedDays(this.work.read, 'one-time-link')));
    await this.sessions.purge(this.work.read, before(await this.retention.archivedDays(this.work.read, 'session')));
  }
}
