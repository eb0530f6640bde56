import { toJson } from '../../../kernel/money.js';
import { Cents, Instant, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { OPINION_ROLES, OPINIONS, type OpinionKind, type OpinionRole } from '../domain/opinion.js';
import type { OpinionOutcome } from '../use-cases/give-opinion.js';
import type { OpinionQueries } from '../use-cases/opinion.queries.js';

export class OpinionResponse {
  @Uuid() id!: string;
  @Uuid() fundingLineId!: string;
  @OneOf(OPINION_ROLES, { description: 'Au nom de qui l’avis est donné' }) role!: OpinionRole;
  @OneOf(OPINIONS) opinion!: OpinionKind;
  @Cents({ nullable: true }) proposedCents!: number | null;
  @Text({ max: 5000, nullable: true }) reason!: string | null;
  @Uuid() authorId!: string;
  @Text({ max: 200 }) authorName!: string;
  @Instant() givenAt!: string;
  @Instant({ nullable: true, description: 'Quand son auteur l’a remplacé ; absent pour l’avis qui vaut' }) replacedAt!: string | null;
}

export class OpinionGivenResponse extends OpinionResponse {
  @WholeNumber({ min: 1, max: 2_147_483_647, description: 'Version de la ligne après cet avis' }) lineVersion!: number;
}

export function toOpinionResponse(opinion: Omit<OpinionOutcome, 'lineVersion'>): OpinionResponse {
  const { id, lineId: fundingLineId, role, opinion: kind, proposedCents, reason, authorId, authorName } = opinion;
  return {
    ...{ id, fundingLineId, role, opinion: kind, reason, authorId, authorName },
    proposedCents: proposedCents === null ? null : toJson(proposedCents),
    givenAt: opinion.givenAt.toISOString(),
    replacedAt: opinion.replacedAt?.toISOString() ?? null,
  };
}

export function toGivenResponse(opinion: OpinionOutcome): OpinionGivenResponse {
  return { ...toOpinionResponse(opinion), lineVersion: opinion.lineVersion };
}

export function toOpinionPage(page: Awaited<ReturnType<OpinionQueries['ofLine']>>) {
  return { ...page, rows: page.rows.map(toOpinionResponse) };
}
