import { Injectable } from '@nestjs/common';
import { plusDays } from '../../../kernel/day.js';
import { Clock } from '../../../kernel/clock.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { SYSTEM } from '../../../platform/auth/system-actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { close, stateOf } from '../domain/account.js';
import { closingDay } from '../domain/retention.js';
import { AccountRepository } from '../persistence/account.repository.js';
import { RetentionRepository } from '../persistence/retention.repository.js';
import { SessionRepository } from '../persistence/session.repository.js';
import { AccountLinks } from './account-links.js';

const DAY_MS = 86_400_000;

export interface RetentionApplied {
  readonly announced: number;
  readonly closed: number;
  readonly erased: number;
}

/**
 * The end of accounts, as the rules have it: who did not come for long is told of the day on which the account closes, it closes, and what is closed
 * for long loses its name. Nothing of what people did is touched. May run as often as one likes.
 */
@Injectable()
export class ApplyRetention {
  constructor(
    private readonly work: UnitOfWork,
    private readonly retention: RetentionRepository,
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly links: AccountLinks,
    private readonly clock: Clock,
  ) {}

  /** Gives how many accounts took each step. */
  async execute(): Promise<RetentionApplied> {
    // Closed before announced: nobody is told and closed in one run, whatever the rules are.
    const closed = await this.close();
    return { announced: await this.announce(), closed, erased: await this.erase() };
  }

  private announce(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      const today = parisDay(tx.at);
      const rule = await this.retention.rule(tx.query, 'account');
      const unused = await this.retention.unused(tx.query, plusDays(today, rule.noticeDays - rule.activeDays));
      for (const { id: userId, lastSeenOn } of unused) {
        const closingOn = closingDay(lastSeenOn, rule, today);
        await this.retention.announceClosing(tx.query, userId, closingOn);
        tx.audit('account.closing-announced', { type: 'user', id: userId }, null, { lastSeenOn, closingOn });
        tx.tell('account.closing-announced.v1', { userId, closingOn });
      }
      return unused.length;
    });
  }

  /** One transaction each: its sessions and its links end with it. */
  private async close(): Promise<number> {
    let closed = 0;
    const today = parisDay(this.clock.now());
    for (const userId of await this.retention.toClose(this.work.read, today)) {
      closed += await this.work.run(SYSTEM, async (tx) => {
        if (!(await this.retention.lockToClose(tx.query, userId, today))) return 0;
        const before = await this.accounts.lock(tx.query, userId);
        const after = await this.accounts.save(tx.query, close(before, null, tx.at));
        // Were it opened again, its holder would have a whole notice.
        await this.retention.announceClosing(tx.query, userId, null);
        await this.sessions.endAllOf(tx.query, userId, 'account-disabled', tx.at);
        await this.links.voidAllOf(tx, userId);
        tx.audit('account.closed-unused', { type: 'user', id: userId }, { state: stateOf(before) }, { state: stateOf(after) });
        return 1;
      });
    }
    return closed;
  }

  private erase(): Promise<number> {
    return this.work.run(SYSTEM, async (tx) => {
      const { archivedDays } = await this.retention.rule(tx.query, 'account');
      const userIds = await this.retention.toErase(tx.query, new Date(tx.at.getTime() - archivedDays * DAY_MS));
      for (const userId of userIds) {
        await this.retention.erase(tx.query, userId, tx.at);
        tx.audit('account.erased', { type: 'user', id: userId }, { state: 'disabled' }, { state: 'erased' });
      }
      return userIds.length;
    });
  }
}
