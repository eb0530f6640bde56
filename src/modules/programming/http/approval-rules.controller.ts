import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cents, toJson } from '../../../kernel/money.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Cents, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { Read, Replace } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import type { ApprovalRule } from '../domain/approval-rule.js';
import { ApprovalRuleQueries } from '../use-cases/approval-rule.queries.js';
import { SetApprovalRule } from '../use-cases/set-approval-rule.js';

export class SetApprovalRuleRequest {
  @Cents({ nullable: true, description: 'Au-dessus strictement, deux personnes accordent ; null : une seule suffit toujours' })
  secondApproverAboveCents!: number | null;
}

export class ApprovalRuleResponse {
  @Uuid() funderId!: string;
  @Cents({ nullable: true }) secondApproverAboveCents!: number | null;
  @WholeNumber({ min: 0, max: 2_147_483_647, description: '0 : rien n’a encore été fixé' }) version!: number;
}

const toResponse = ({ funderId, secondApproverAboveCents, version }: ApprovalRule): ApprovalRuleResponse => ({
  funderId,
  secondApproverAboveCents: secondApproverAboveCents === null ? null : toJson(secondApproverAboveCents),
  version,
});

@ApiTags('Programmation')
@Controller('v1/approval-rules')
export class ApprovalRulesController {
  constructor(
    private readonly setApprovalRule: SetApprovalRule,
    private readonly queries: ApprovalRuleQueries,
  ) {}

  @Read(':funderId', {
    summary: 'Lire à partir de quel montant deux personnes accordent',
    permission: 'approval-rule.read',
    answers: ApprovalRuleResponse,
  })
  get(@Id('funderId') funderId: string, @Me() actor: Actor): Promise<ApprovalRuleResponse> {
    return this.queries.get(funderId, actor).then(toResponse);
  }

  @Replace(':funderId', {
    summary: 'Fixer à partir de quel montant deux personnes accordent',
    permission: 'approval-rule.set',
    answers: ApprovalRuleResponse,
  })
  set(
    @Id('funderId') funderId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: SetApprovalRuleRequest,
    @Me() actor: Actor,
  ): Promise<ApprovalRuleResponse> {
    const { secondApproverAboveCents: above } = body;
    return this.setApprovalRule
      .execute({ funderId, version, secondApproverAboveCents: above === null ? null : cents(above) }, actor)
      .then(toResponse);
  }
}
