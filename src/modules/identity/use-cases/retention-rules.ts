import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation } from '../../../platform/auth/authorizer.js';
import { INSTANCE } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { withDurations, type Durations, type RetentionRule } from '../domain/retention.js';
import { RetentionRepository } from '../persistence/retention.repository.js';

export interface ChangeRetentionRuleCommand {
  readonly object: string;
  readonly version: ExpectedVersion;
  /** What is left out stays. */
  readonly durations: Partial<Durations>;
}

/** The rules of retention, as an administrator reads and changes them. */
@Injectable()
export class RetentionRules {
  constructor(
    private readonly work: UnitOfWork,
    private readonly retention: RetentionRepository,
  ) {}

  /** @throws Forbidden */
  async list(actor: Actor): Promise<readonly RetentionRule[]> {
    authorizeCreation(actor, 'retention.manage', [INSTANCE]);
    return this.retention.rules(this.work.read);
  }

  /** What was announced keeps its day. @throws Forbidden, NotFound, VersionRequired, StaleVersion, NoticeTooLong, NoticeTooShort, ProofTooShort */
  change({ object, version, durations }: ChangeRetentionRuleCommand, actor: Actor): Promise<RetentionRule> {
    return this.work.run(actor, async (tx) => {
      authorizeCreation(actor, 'retention.manage', [INSTANCE]);
      const before = await this.retention.lock(tx.query, object);
      assertVersion(version, before.version);
      const after = withDurations(before, durations);
      await this.retention.save(tx.query, after);
      tx.audit('retention-rule.changed', { type: 'retention-rule', id: object }, durationsOf(before), durationsOf(after));
      return after;
    });
  }
}

const durationsOf = ({ activeDays, noticeDays, archivedDays, version }: RetentionRule) => ({
  activeDays,
  noticeDays,
  archivedDays,
  version,
});
