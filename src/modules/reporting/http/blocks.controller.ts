import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { CalendarDay, Instant, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { Act } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { LiftBlock } from '../use-cases/lift-block.js';
import { GivenReasonRequest } from './repayments.requests.js';
import { YEAR } from './reports.requests.js';

export class BlockResponse {
  @Uuid() id!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
  @Uuid() organisationId!: string;
  @OneOf(['report-overdue']) cause!: string;
  @Uuid() actionId!: string;
  @WholeNumber(YEAR) year!: number;
  @CalendarDay() dueOn!: string;
  @Text({ max: 2000 }) sentence!: string;
  @Instant() putAt!: string;
  @Instant({ nullable: true }) liftedAt!: string | null;
  @Text({ max: 2000, nullable: true }) liftReason!: string | null;
}

@ApiTags('Bilans')
@Controller('v1/organisation-blocks')
export class BlocksController {
  constructor(private readonly liftBlock: LiftBlock) {}

  @Act(':id/lift', {
    summary: 'Lever le blocage d’une structure dont un bilan est en retard',
    description: 'Par un financeur de l’action. Le blocage se lève de lui-même quand le bilan est déposé.',
    permission: 'organisation-block.lift',
    answers: BlockResponse,
    refusals: { 403: ['RECUSED'], 409: ['BLOCK_LIFTED'], 422: ['REASON_REQUIRED'] },
  })
  lift(
    @Id() blockId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { reason }: GivenReasonRequest,
    @Me() actor: Actor,
  ): Promise<BlockResponse> {
    return this.liftBlock
      .execute({ blockId, version, reason }, actor)
      .then(({ putAt, liftedAt, ...block }) => ({ ...block, putAt: putAt.toISOString(), liftedAt: liftedAt?.toISOString() ?? null }));
  }
}
