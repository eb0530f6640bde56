import { CalendarDay, Cents, NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { PROGRAMMING_SORTS, type ProgrammingSort } from '../domain/programming-row.js';
import { FUNDING_LINE_STATES } from '../use-cases/programming.queries.js';

export class FundingLinesQuery extends ListQuery {
  @Uuid({ optional: true }) callId?: string;
  @Uuid({ optional: true }) funderId?: string;
  @OneOf(FUNDING_LINE_STATES, { optional: true }) status?: string;
  @Text({ max: 100, optional: true, description: 'Code de l’orientation principale de l’action' }) orientation?: string;
  @Text({ max: 100, optional: true, description: 'Quartier visé par l’action' }) qpv?: string;
  @Text({ max: 5, optional: true, description: 'Code INSEE d’une commune de l’action, celles de ses quartiers comprises' })
  commune?: string;
  @Text({ max: 100, optional: true }) sector?: string;
  @Uuid({ optional: true }) organisationId?: string;
  @Uuid({ optional: true }) dossierId?: string;
  @Text({ max: 200, optional: true, description: 'Nom de la structure, numéro du dossier ou titre de l’action, en partie' }) q?: string;
  @OneOf(PROGRAMMING_SORTS, { optional: true, description: 'Par identifiant si rien n’est dit' }) sort?: ProgrammingSort;
}

export class ProposeRequest {
  @Cents() amountCents!: number;
  @Uuid({ description: 'Enveloppe du financeur, de l’année et du département de la ligne' }) envelopeId!: string;
}

export class ApproveRequest {
  @Cents() amountCents!: number;
}

export class BatchedApprovalRequest {
  @Uuid() lineId!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647, description: 'Version lue de la ligne' }) version!: number;
  @Cents() amountCents!: number;
}

export class ApproveBatchRequest {
  @NestedList(() => BatchedApprovalRequest, { min: 1, max: 200 }) lines!: BatchedApprovalRequest[];
}

export class LineReasonRequest {
  @Text({ max: 2000 }) reason!: string;
}

export class RecordDecisionRequest {
  @Cents({ description: 'Zéro pour un refus, qui se motive' }) amountCents!: number;
  @Text({ max: 200, example: 'Délibération 2027-3-14' }) decisionReference!: string;
  @CalendarDay({ description: 'Ni à venir, ni avant l’année qui précède l’ouverture de l’appel' }) decidedOn!: string;
  @Text({ max: 2000, optional: true }) reason?: string;
  @Uuid({ optional: true, description: 'Enveloppe de ce financeur, s’il en tient une ici' }) envelopeId?: string;
}
