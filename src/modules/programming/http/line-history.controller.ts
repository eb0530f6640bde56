import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { toJson } from '../../../kernel/money.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Instant, Nested, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { List } from '../../../platform/http/operation.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { Id, Me, Paging } from '../../../platform/http/params.js';
import type { HistoryEntry } from '../domain/line-history.js';
import { LineHistoryQueries } from '../use-cases/line-history.queries.js';

export class HistoryActorResponse {
  @Uuid() id!: string;
  @Text({ max: 200 }) name!: string;
}

export class HistoryEntryResponse {
  @Uuid() id!: string;
  @Instant() at!: string;
  @Text({ max: 100, example: 'funding-line.approved' }) kind!: string;
  @Text({ max: 300 }) label!: string;
  @Nested(() => HistoryActorResponse, { nullable: true, description: 'Jamais dit à la structure' }) actor!: HistoryActorResponse | null;
  @WholeNumber({ min: -99_999_999_999_999, max: 99_999_999_999_999, nullable: true, description: 'Négatif : un paiement repris' })
  amountCents!: number | null;
  @Uuid({ nullable: true }) envelopeId!: string | null;
  @Text({ max: 5000, nullable: true }) reason!: string | null;
  @Text({ max: 200, nullable: true, description: 'De la décision du financeur' }) reference!: string | null;
}

const toResponse = (entry: HistoryEntry): HistoryEntryResponse => ({
  ...entry,
  at: entry.at.toISOString(),
  amountCents: entry.amountCents === null ? null : toJson(entry.amountCents),
});

@ApiTags('Programmation')
@Controller('v1/funding-lines')
export class LineHistoryController {
  constructor(private readonly queries: LineHistoryQueries) {}

  @List(':id/history', {
    summary: 'Lire la vie d’une ligne, de la demande à la fin',
    description: 'Qui juge la ligne lit tout ; la structure lit ce qui lui a été dit.',
    permission: 'funding-line.read-history',
    answers: HistoryEntryResponse,
  })
  history(
    @Id() lineId: string,
    @Query() _query: ListQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<HistoryEntryResponse>> {
    return this.queries.of(lineId, page, actor).then((found) => ({ ...found, rows: found.rows.map(toResponse) }));
  }
}
