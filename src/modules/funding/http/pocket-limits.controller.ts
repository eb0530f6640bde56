import { Body, Controller, Param, Query, type PipeTransform } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NotFound } from '../../../kernel/errors.js';
import { cents, toJson } from '../../../kernel/money.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Cents, Instant, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { List, Replace } from '../../../platform/http/operation.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { availableForPockets, limitOf, type PocketLimit } from '../domain/pocket-limit.js';
import { EnterPocketLimit } from '../use-cases/enter-pocket-limit.js';
import { PocketLimitQueries } from '../use-cases/pocket-limit.queries.js';
import { DEPARTMENT, YEAR } from './envelope.requests.js';

export class EnterPocketLimitRequest {
  @Cents({ description: 'Tout le programme 147 du département, pour l’année' }) baseCents!: number;
  @Text({ max: 1000, example: 'Notification du BOP 147 du 12 mars 2027', description: 'D’où vient ce montant' }) source!: string;
}

export class PocketLimitsQuery extends ListQuery {
  @Text({ ...DEPARTMENT, optional: true }) department?: string;
  @WholeNumber({ ...YEAR, optional: true, query: true }) year?: number;
}

export class PocketLimitResponse {
  @Uuid() id!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
  @Text({ max: 3 }) department!: string;
  @WholeNumber(YEAR) year!: number;
  @Cents({ description: 'Tout le programme 147 du département, pour l’année' }) baseCents!: number;
  @Text({ max: 1000 }) source!: string;
  @Cents({ description: '2,5 % de ce montant' }) limitCents!: number;
  @Cents({ description: 'Retenu ou accordé pour des actions en poche de pauvreté' }) usedCents!: number;
  @Cents() availableCents!: number;
  @Uuid({ nullable: true, description: 'Absent : repris de ce qui était accordé avant cette règle' }) enteredBy!: string | null;
  @Instant() enteredAt!: string;
}

function toPocketLimitResponse(limit: PocketLimit): PocketLimitResponse {
  const { id, version, departmentCode, year, source, enteredBy, enteredAt } = limit;
  return {
    ...{ id, version, department: departmentCode, year, source, enteredBy, enteredAt: enteredAt.toISOString() },
    baseCents: toJson(limit.baseCents),
    limitCents: toJson(limitOf(limit)),
    usedCents: toJson(limit.usedCents),
    availableCents: toJson(availableForPockets(limit)),
  };
}

class YearOrNotFound implements PipeTransform<string, number> {
  transform(value: string): number {
    const year = /^\d{4}$/.test(value) ? Number(value) : 0;
    if (year < YEAR.min || year > YEAR.max) throw new NotFound();
    return year;
  }
}

@ApiTags('Financement')
@Controller('v1/pocket-limits')
export class PocketLimitsController {
  constructor(
    private readonly enterPocketLimit: EnterPocketLimit,
    private readonly queries: PocketLimitQueries,
  ) {}

  @Replace(':department/:year', {
    summary: 'Saisir le montant du programme 147 dont les poches de pauvreté reçoivent au plus 2,5 %',
    permission: 'pocket-limit.enter',
    answers: PocketLimitResponse,
    refusals: { 409: ['POCKET_LIMIT_BELOW_USE'] },
  })
  enter(
    @Param('department') departmentCode: string,
    @Param('year', new YearOrNotFound()) year: number,
    @IfMatch() version: ExpectedVersion,
    @Body() body: EnterPocketLimitRequest,
    @Me() actor: Actor,
  ): Promise<PocketLimitResponse> {
    const { baseCents, source } = body;
    return this.enterPocketLimit
      .execute({ departmentCode, year, version, baseCents: cents(baseCents), source }, actor)
      .then(toPocketLimitResponse);
  }

  @List('', {
    summary: 'Lire ce que les poches de pauvreté peuvent recevoir, et ont reçu, par département et par année',
    permission: 'pocket-limit.read',
    answers: PocketLimitResponse,
  })
  list(@Query() filter: PocketLimitsQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<PocketLimitResponse>> {
    return this.queries.list(filter, page, actor).then((found) => ({ ...found, rows: found.rows.map(toPocketLimitResponse) }));
  }
}
