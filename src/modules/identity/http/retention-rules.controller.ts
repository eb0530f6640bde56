import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Change, Read } from '../../../platform/http/operation.js';
import { IfMatch, Me } from '../../../platform/http/params.js';
import { RetentionRules } from '../use-cases/retention-rules.js';
import { ChangeRetentionRuleRequest, RetentionRuleResponse, toRetentionRuleResponse } from './retention.bodies.js';

const permission = 'retention.manage';

@ApiTags('Comptes et rôles')
@Controller('v1/admin/retention-rules')
export class RetentionRulesController {
  constructor(private readonly rules: RetentionRules) {}

  @Read('', { summary: 'Combien de temps est conservé ce qui parle des personnes', permission, answers: [RetentionRuleResponse] })
  list(@Me() actor: Actor): Promise<RetentionRuleResponse[]> {
    return this.rules.list(actor).then((rules) => rules.map(toRetentionRuleResponse));
  }

  @Change(':object', {
    summary: 'Changer les durées d’une règle de conservation ; ce qui est déjà annoncé garde sa date',
    permission,
    answers: RetentionRuleResponse,
    refusals: { 422: ['NOTICE_TOO_LONG', 'NOTICE_TOO_SHORT', 'PROOF_TOO_SHORT'] },
  })
  change(
    @Param('object') object: string,
    @IfMatch() version: ExpectedVersion,
    @Body() durations: ChangeRetentionRuleRequest,
    @Me() actor: Actor,
  ): Promise<RetentionRuleResponse> {
    return this.rules.change({ object, version, durations }, actor).then(toRetentionRuleResponse);
  }
}
