import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cents, toJson } from '../../../kernel/money.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { CalendarDay, Cents, Instant, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { Act, Create, List } from '../../../platform/http/operation.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import type { SignatureDelegation } from '../domain/signature-delegation.js';
import { EndSignatureDelegation } from '../use-cases/end-signature-delegation.js';
import { GrantSignatureDelegation } from '../use-cases/grant-signature-delegation.js';
import { ProgrammingQueries } from '../use-cases/programming.queries.js';

export class GrantSignatureDelegationRequest {
  @Uuid() userId!: string;
  @Uuid({ description: 'Financeur du programme 147' }) funderId!: string;
  @Text({ max: 100, optional: true, description: 'Absent : tout le département' }) sectorCode?: string;
  @Cents({ min: 1, description: 'Plus grand montant d’une ligne' }) ceilingCents!: number;
  @CalendarDay() validFrom!: string;
  @CalendarDay({ description: 'Dernier jour, compris' }) validUntil!: string;
  @Text({ max: 200, example: 'Arrêté 2027-0012' }) reference!: string;
}

export class EndSignatureDelegationRequest {
  @CalendarDay({ description: 'Nouveau dernier jour, compris : hier au plus tôt' }) endsOn!: string;
  @Text({ max: 2000 }) reason!: string;
}

export class SignatureDelegationsQuery extends ListQuery {
  @Uuid({ optional: true }) funderId?: string;
  @Uuid({ optional: true }) userId?: string;
}

export class SignatureDelegationResponse {
  @Uuid() id!: string;
  @Uuid() userId!: string;
  @Text({ max: 200 }) userName!: string;
  @Uuid() funderId!: string;
  @Text({ max: 100 }) funderCode!: string;
  @Text({ max: 100, nullable: true }) sectorCode!: string | null;
  @Cents() ceilingCents!: number;
  @CalendarDay() validFrom!: string;
  @CalendarDay() validUntil!: string;
  @Text({ max: 200 }) reference!: string;
  @Uuid() grantedBy!: string;
  @Instant() grantedAt!: string;
  @Text({ max: 2000, nullable: true, description: 'Pourquoi elle a pris fin plus tôt que prévu' }) endReason!: string | null;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
}

const toResponse = (delegation: SignatureDelegation): SignatureDelegationResponse => ({
  ...delegation,
  ceilingCents: toJson(delegation.ceilingCents),
  grantedAt: delegation.grantedAt.toISOString(),
});

@ApiTags('Programmation')
@Controller('v1/signature-delegations')
export class SignatureDelegationsController {
  constructor(
    private readonly grantSignatureDelegation: GrantSignatureDelegation,
    private readonly endSignatureDelegation: EndSignatureDelegation,
    private readonly queries: ProgrammingQueries,
  ) {}

  @Create('', {
    summary: 'Déléguer la signature des accords du programme 147',
    permission: 'signature-delegation.grant',
    answers: SignatureDelegationResponse,
    refusals: {
      409: ['NOT_PROGRAMME_147', 'DELEGATION_TO_SELF', 'NOT_A_DELEGATE', 'DELEGATION_OVERLAPS'],
      422: ['DELEGATION_ENDS_BEFORE_START', 'WRONG_SECTOR'],
    },
  })
  grant(@Body() body: GrantSignatureDelegationRequest, @Me() actor: Actor): Promise<SignatureDelegationResponse> {
    return this.grantSignatureDelegation.execute({ ...body, ceilingCents: cents(body.ceilingCents) }, actor).then(toResponse);
  }

  @Act(':id/end', {
    summary: 'Mettre fin à une délégation de signature avant son terme',
    permission: 'signature-delegation.grant',
    answers: SignatureDelegationResponse,
    refusals: { 422: ['DELEGATION_ENDS_BEFORE_START', 'DELEGATION_ENDS_IN_PAST', 'DELEGATION_NOT_SHORTENED'] },
  })
  end(
    @Id() delegationId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: EndSignatureDelegationRequest,
    @Me() actor: Actor,
  ): Promise<SignatureDelegationResponse> {
    return this.endSignatureDelegation.execute({ delegationId, version, ...body }, actor).then(toResponse);
  }

  @List('', {
    summary: 'Lister les délégations de signature',
    permission: 'signature-delegation.read',
    answers: SignatureDelegationResponse,
  })
  list(
    @Query() filter: SignatureDelegationsQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<SignatureDelegationResponse>> {
    return this.queries.signatureDelegations(filter, page, actor).then((found) => ({ ...found, rows: found.rows.map(toResponse) }));
  }
}
