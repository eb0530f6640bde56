import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { ApprovalRule } from '../domain/approval-rule.js';
import { ApprovalRuleRepository } from '../persistence/approval-rule.repository.js';

@Injectable()
export class ApprovalRuleQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rules: ApprovalRuleRepository,
  ) {}

  /** @throws NotFound, for a funder other than programme 147 too */
  async get(funderId: string, actor: Actor): Promise<ApprovalRule> {
    authorize(actor, 'approval-rule.read', await this.rules.scopesOf(this.work.read, funderId));
    return this.rules.of(this.work.read, funderId);
  }
}
