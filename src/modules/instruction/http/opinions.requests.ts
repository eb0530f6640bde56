import { Cents, Flag, OneOf, Text } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { OPINIONS, type OpinionKind } from '../domain/opinion.js';

export class OpinionBody {
  @OneOf(OPINIONS) opinion!: OpinionKind;
  @Cents({ min: 1, optional: true, nullable: true, description: 'Au plus le montant demandé ; aucun pour un avis défavorable' })
  proposedCents?: number | null;
  @Text({
    max: 5000,
    optional: true,
    nullable: true,
    description: 'Obligatoire sauf pour un avis favorable ; toujours pour un conseil citoyen',
  })
  reason?: string | null;
}

export class OpinionsQuery extends ListQuery {
  @Flag({ optional: true, query: true, description: 'Donner aussi les avis que leur auteur a remplacés' }) history?: boolean;
}
