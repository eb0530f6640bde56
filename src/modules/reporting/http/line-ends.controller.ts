import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { toJson } from '../../../kernel/money.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Cents, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { Act } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { CloseLine } from '../use-cases/close-line.js';
import { DeclareNotCarriedOut } from '../use-cases/declare-not-carried-out.js';
import { GivenReasonRequest } from './repayments.requests.js';
import { YEAR } from './reports.requests.js';

/** What both sides may read of a line at its end. */
export class EndedLineResponse {
  @Uuid() id!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
  @Text({ max: 50 }) status!: string;
  @Uuid() dossierId!: string;
  @WholeNumber(YEAR) year!: number;
  @Cents({ nullable: true }) grantedCents!: number | null;
  @Cents() paidCents!: number;
  @Text({ max: 2000, nullable: true }) reason!: string | null;
}

type Ended = Omit<EndedLineResponse, 'status' | 'grantedCents' | 'paidCents'> & {
  readonly state: string;
  readonly grantedCents: bigint | null;
  readonly paidCents: bigint;
};

const toResponse = ({ id, version, state, dossierId, year, grantedCents, paidCents, reason }: Ended): EndedLineResponse => ({
  ...{ id, version, status: state, dossierId, year, reason },
  grantedCents: grantedCents === null ? null : toJson(grantedCents),
  paidCents: toJson(paidCents),
});

@ApiTags('Bilans')
@Controller('v1/funding-lines')
export class LineEndsController {
  constructor(
    private readonly closeLine: CloseLine,
    private readonly declareNotCarriedOut: DeclareNotCarriedOut,
  ) {}

  @Act(':id/close', {
    summary: 'Solder une ligne dont plus rien n’est dû',
    description: 'Ce qui était accordé et n’est pas payé revient à l’enveloppe.',
    permission: 'funding-line.close',
    answers: EndedLineResponse,
    refusals: { 403: ['RECUSED'], 409: ['ACT_NOT_ALLOWED', 'REPAYMENT_STILL_DUE'] },
  })
  close(@Id() lineId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<EndedLineResponse> {
    return this.closeLine.execute({ lineId, version }, actor).then(toResponse);
  }

  @Act(':id/declare-not-carried-out', {
    summary: 'Déclarer qu’une action n’a pas été, ou ne sera pas, réalisée',
    description:
      'Par un signataire de la structure, ou par le financeur. Ce qui est payé se reverse ; le reste revient à l’enveloppe quand la ligne est soldée.',
    permission: 'funding-line.declare-not-carried-out',
    answers: EndedLineResponse,
    refusals: { 403: ['RECUSED'], 409: ['ACT_NOT_ALLOWED'], 422: ['REASON_REQUIRED'] },
  })
  declare(
    @Id() lineId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { reason }: GivenReasonRequest,
    @Me() actor: Actor,
  ): Promise<EndedLineResponse> {
    return this.declareNotCarriedOut.execute({ lineId, version, reason }, actor).then(toResponse);
  }
}
