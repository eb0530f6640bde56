import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { toJson } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Cents, Flag, NestedList, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { Read } from '../../../platform/http/operation.js';
import { Id, Me } from '../../../platform/http/params.js';
import { mustPublishAccounts, type PublicMoney } from '../domain/act-reading.js';
import { ActQueries } from '../use-cases/act.queries.js';
import { PublicMoneyQuery } from './acts.requests.js';

export class FunderMoneyResponse {
  @Uuid() funderId!: string;
  @Text({ max: 300 }) funderName!: string;
  @Cents() grantedCents!: number;
}

export class PublicMoneyResponse {
  @Uuid() organisationId!: string;
  @WholeNumber({ min: 2024, max: 2100 }) year!: number;
  @Cents({ description: 'Subventions en numéraire annoncées par les financeurs publics' }) totalCents!: number;
  @Cents({ description: 'Seuil au-delà duquel les comptes sont certifiés et publiés (décret n° 2009-540)' }) accountsAboveCents!: number;
  @Flag() mustPublishAccounts!: boolean;
  @NestedList(() => FunderMoneyResponse, { max: 1000 }) byFunder!: readonly FunderMoneyResponse[];
}

@ApiTags('Actes')
@Controller('v1/organisations')
export class PublicMoneyController {
  constructor(private readonly queries: ActQueries) {}

  @Read(':id/public-money', {
    summary: 'L’argent public annoncé à une structure pour une année, tous financeurs',
    permission: 'public-money.read',
    answers: PublicMoneyResponse,
    refusals: { 400: ['VALIDATION_FAILED'] },
  })
  get(@Id() id: string, @Query() { year }: PublicMoneyQuery, @Me() actor: Actor): Promise<PublicMoneyResponse> {
    return this.queries.publicMoney(id, year, actor).then(toPublicMoneyResponse);
  }
}

function toPublicMoneyResponse({ organisationId, year, totalCents, accountsAboveCents, byFunder }: PublicMoney): PublicMoneyResponse {
  return {
    ...{ organisationId, year, totalCents: toJson(totalCents), accountsAboveCents: toJson(accountsAboveCents) },
    mustPublishAccounts: mustPublishAccounts(totalCents, accountsAboveCents),
    byFunder: byFunder.map((each) => ({ ...each, grantedCents: toJson(each.grantedCents) })),
  };
}
