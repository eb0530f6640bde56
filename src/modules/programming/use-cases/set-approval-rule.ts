import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { ApprovalRule } from '../domain/approval-rule.js';
import { ApprovalRuleRepository } from '../persistence/approval-rule.repository.js';

export interface SetApprovalRuleCommand {
  readonly funderId: string;
  readonly version: ExpectedVersion;
  /** Null: one approver is always enough. */
  readonly secondApproverAboveCents: Money | null;
}

/** The prefecture says above which amount two persons approve. Approvals already given stand; those that wait are judged by the new rule. */
@Injectable()
export class SetApprovalRule {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rules: ApprovalRuleRepository,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion */
  execute({ funderId, version, secondApproverAboveCents }: SetApprovalRuleCommand, actor: Actor): Promise<ApprovalRule> {
    return this.work.run(actor, async (tx) => {
      const scopes = await this.rules.scopesOf(tx.query, funderId);
      authorize(actor, 'approval-rule.read', scopes);
      authorizeCreation(
        actor,
        'approval-rule.set',
        scopes.filter(({ kind }) => kind === 'department'),
      );
      const before = await this.rules.lock(tx.query, funderId);
      // The first rule is set on nothing that could have been read.
      if (before.version > 0 || version !== null) assertVersion(version, before.version);
      const after = { funderId, secondApproverAboveCents, version: before.version + 1 };
      this.rules.save(tx, after, actor.id);
      tx.audit('approval-rule.set', { type: 'approval-rule', id: funderId }, before, after);
      return after;
    });
  }
}
