import { CalendarDay, Cents, Flag, Instant, Nested, NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { COMMITTEE_DECISIONS } from '../domain/committee-decision.js';
import type { ReadMinutes } from '../use-cases/minutes.queries.js';

const MOST = 2_147_483_647;

export class MinutesSessionResponse {
  @Uuid() id!: string;
  @Text({ max: 300 }) title!: string;
  @CalendarDay() heldOn!: string;
  @Text({ max: 300, nullable: true }) place!: string | null;
  @Text({ max: 300 }) callTitle!: string;
  @WholeNumber({ min: 2024, max: 2100 }) callYear!: number;
  @Instant() openedAt!: string;
  @Instant() appliedAt!: string;
  @Instant() closedAt!: string;
}

export class MinutesQuorumResponse {
  @WholeNumber({ min: 1, max: MOST }) required!: number;
  @WholeNumber({ min: 0, max: MOST }) present!: number;
  @WholeNumber({ min: 0, max: MOST }) members!: number;
}

export class MinutesMemberResponse {
  @Text({ max: 200 }) name!: string;
  @Text({ max: 300 }) institution!: string;
  @Text({ max: 100, nullable: true }) funderCode!: string | null;
  @Flag() present!: boolean;
}

export class MinutesRecusalResponse {
  @Text({ max: 200 }) member!: string;
  @Uuid() organisationId!: string;
  @Text({ max: 300 }) organisationName!: string;
  @Text({ max: 2000 }) reason!: string;
  @OneOf(['declared', 'automatic']) source!: string;
}

export class MinutesLineResponse {
  @WholeNumber({ min: 1, max: MOST }) position!: number;
  @Uuid() lineId!: string;
  @Text({ max: 50 }) dossierNumber!: string;
  @Text({ max: 300 }) actionTitle!: string;
  @Uuid() organisationId!: string;
  @Text({ max: 300 }) organisationName!: string;
  @Text({ max: 100 }) funderCode!: string;
  @WholeNumber({ min: 2024, max: 2100 }) year!: number;
  @Text({ max: 300, nullable: true }) scheme!: string | null;
  @Cents() requestedCents!: number;
  @OneOf(COMMITTEE_DECISIONS) decision!: string;
  @Cents({ nullable: true }) amountCents!: number | null;
  @Text({ max: 100, nullable: true }) programme!: string | null;
  @Text({ max: 2000, nullable: true }) reason!: string | null;
}

export class MinutesTotalResponse {
  @Text({ max: 500 }) name!: string;
  @WholeNumber({ min: 0, max: MOST }) lines!: number;
  @Cents() amountCents!: number;
}

export class MinutesDecisionsResponse {
  @Nested(() => MinutesTotalResponse) proposed!: MinutesTotalResponse;
  @Nested(() => MinutesTotalResponse) adjourned!: MinutesTotalResponse;
  @Nested(() => MinutesTotalResponse) unfavourable!: MinutesTotalResponse;
}

export class MinutesTotalsResponse {
  @Nested(() => MinutesDecisionsResponse) decisions!: MinutesDecisionsResponse;
  @NestedList(() => MinutesTotalResponse, { max: 1000 }) funders!: MinutesTotalResponse[];
  @NestedList(() => MinutesTotalResponse, { max: 1000 }) envelopes!: MinutesTotalResponse[];
}

export class MinutesContentResponse {
  @Nested(() => MinutesSessionResponse) session!: MinutesSessionResponse;
  @Nested(() => MinutesQuorumResponse) quorum!: MinutesQuorumResponse;
  @NestedList(() => MinutesMemberResponse, { max: 100 }) members!: MinutesMemberResponse[];
  @NestedList(() => MinutesRecusalResponse, { max: 1000 }) recusals!: MinutesRecusalResponse[];
  @Text({ max: 200, nullable: true }) adoptedScenario!: string | null;
  @NestedList(() => MinutesLineResponse, { max: 5000 }) lines!: MinutesLineResponse[];
  @Nested(() => MinutesTotalsResponse) totals!: MinutesTotalsResponse;
}

export class MinutesResponse {
  @Nested(() => MinutesContentResponse) content!: MinutesContentResponse;
  @Text({ max: 64, description: 'SHA-256 du contenu : JSON sans espace, clés triées' }) contentHash!: string;
  @Instant() closedAt!: string;
  @WholeNumber({ min: 0, max: MOST, description: 'Lignes retirées de cette lecture : vous êtes en déport sur leur structure' })
  hiddenLines!: number;
}

export const toMinutesResponse = ({ content, contentHash, closedAt, hiddenLines }: ReadMinutes): MinutesResponse => ({
  content: content as MinutesContentResponse,
  contentHash,
  closedAt: closedAt.toISOString(),
  hiddenLines,
});
