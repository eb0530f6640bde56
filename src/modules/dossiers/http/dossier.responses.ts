import { CalendarDay, Cents, Flag, Instant, Nested, NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { ProblemField } from '../../../platform/http/problem.js';
import { toJson } from '../../../kernel/money.js';
import type { Declarations } from '../domain/attestation.js';
import { DOSSIER_STATES, DOSSIER_WORDS, type DossierState } from '../domain/dossier.transitions.js';
import { deadlineOf } from '../use-cases/call-window.js';
import type { DossierView } from '../use-cases/dossier-file.js';
import type { DossierDetail, DossierListed } from '../use-cases/dossier.queries.js';
import { ActionResponse, toActionResponse } from './action.responses.js';

const VERSION = { min: 1, max: 2_147_483_647 } as const;

export class DeadlineResponse {
  @Instant({ description: 'Dernier instant pour modifier et déposer, délai de grâce et prolongation compris' }) at!: string;
  @Text({ max: 50, example: 'Europe/Paris' }) zone!: string;
}

export class DeclarationsResponse implements Declarations {
  @Flag() exactness!: boolean;
  @Flag() upToDate!: boolean;
  @Flag() republicanCommitment!: boolean;
  @Flag() publicAidOver500k!: boolean;
  @Flag() bankDetailsInItsName!: boolean;
  @Text({ max: 1000, nullable: true }) mandate!: string | null;
}

export class AttestationResponse {
  @Instant() attestedAt!: string;
  @Nested(() => DeclarationsResponse) declarations!: DeclarationsResponse;
}

export class AdmissibilityResponse {
  @Flag() admissible!: boolean;
  @Text({ max: 5000, nullable: true }) reason!: string | null;
  @Instant({ nullable: true }) decidedAt!: string | null;
}

/** A dossier, as its acts answer it. */
export class DossierResponse {
  @Uuid() id!: string;
  @Text({ max: 50, example: '2027-GOSB-000123' }) number!: string;
  @Text({ max: 300 }) title!: string;
  @OneOf(DOSSIER_STATES) status!: DossierState;
  @Text({ max: 100, description: 'L’état, en français' }) statusLabel!: string;
  @WholeNumber(VERSION) version!: number;
  @Uuid() callId!: string;
  @WholeNumber({ min: 2024, max: 2100 }) callYear!: number;
  @Uuid() organisationId!: string;
  @Text({ max: 300 }) organisationName!: string;
  @Text({ max: 50 }) trackCode!: string;
  @Instant() createdAt!: string;
  @Instant() updatedAt!: string;
  @Nested(() => DeadlineResponse, { nullable: true, description: 'Tant que le dossier n’est pas déposé' })
  deadline!: DeadlineResponse | null;
  @Nested(() => AttestationResponse, { nullable: true, description: 'Du contenu actuel' }) attestation!: AttestationResponse | null;
  @Instant({ nullable: true }) submittedAt!: string | null;
  @Text({ max: 50, nullable: true, example: 'R-2027-000045' }) receiptNumber!: string | null;
  @CalendarDay({ nullable: true, description: 'Jour où le silence vaut rejet' }) implicitRejectionOn!: string | null;
  @Nested(() => AdmissibilityResponse, { nullable: true }) admissibility!: AdmissibilityResponse | null;
  @Text({ max: 2000, nullable: true }) withdrawalReason!: string | null;
}

export class AttesterResponse {
  @Text({ max: 200 }) name!: string;
  @Flag({ description: 'Ses pouvoirs ont été vérifiés sur pièces' }) verified!: boolean;
}

export class DossierDetailResponse extends DossierResponse {
  @Text({ max: 300 }) callTitle!: string;
  @Nested(() => AttesterResponse, { nullable: true }) attestedBy!: AttesterResponse | null;
  @NestedList(() => ActionResponse, { max: 1000 }) actions!: ActionResponse[];
}

export class DossierRowResponse {
  @Uuid() id!: string;
  @Text({ max: 50 }) number!: string;
  @Text({ max: 300 }) title!: string;
  @OneOf(DOSSIER_STATES) status!: DossierState;
  @Text({ max: 100 }) statusLabel!: string;
  @WholeNumber(VERSION) version!: number;
  @Uuid() callId!: string;
  @WholeNumber({ min: 2024, max: 2100 }) callYear!: number;
  @Uuid() organisationId!: string;
  @Text({ max: 300 }) organisationName!: string;
  @Text({ max: 50 }) trackCode!: string;
  @Instant() createdAt!: string;
  @Instant() updatedAt!: string;
  @Instant({ nullable: true }) submittedAt!: string | null;
  @WholeNumber({ min: 0, max: 1000, description: 'Nombre d’actions' }) actionCount!: number;
  @Cents({ description: 'Total demandé aux financeurs' }) requestedCents!: number;
}

export class CompletenessResponse {
  @Flag() complete!: boolean;
  @NestedList(() => ProblemField, { max: 1000, description: 'Ce qui reste à corriger avant le dépôt' }) missing!: ProblemField[];
}

export function toDossierResponse(dossier: DossierView): DossierResponse {
  const { state, terms, attestation, admissibilityAt, admissibilityReason } = dossier;
  return {
    id: dossier.id,
    number: dossier.number,
    title: dossier.title,
    status: state,
    statusLabel: DOSSIER_WORDS.states[state],
    version: dossier.version,
    callId: dossier.callId,
    callYear: terms.callYear,
    organisationId: dossier.organisationId,
    organisationName: terms.organisationName,
    trackCode: dossier.trackCode,
    createdAt: dossier.createdAt.toISOString(),
    updatedAt: dossier.updatedAt.toISOString(),
    deadline:
      state === 'draft' || state === 'awaiting-attestation' ? { at: deadlineOf(dossier).toISOString(), zone: 'Europe/Paris' } : null,
    attestation: attestation && { attestedAt: attestation.at.toISOString(), declarations: attestation.declarations },
    submittedAt: dossier.submittedAt?.toISOString() ?? null,
    receiptNumber: dossier.receiptNumber,
    implicitRejectionOn: dossier.implicitRejectionOn,
    admissibility: admissibilityAt && {
      admissible: state !== 'inadmissible',
      reason: admissibilityReason,
      decidedAt: admissibilityAt.toISOString(),
    },
    withdrawalReason: dossier.withdrawalReason,
  };
}

export function toDossierDetailResponse({ dossier, attester, actions }: DossierDetail): DossierDetailResponse {
  return {
    ...toDossierResponse(dossier),
    callTitle: dossier.terms.callTitle,
    attestedBy: attester,
    actions: actions.map(toActionResponse),
  };
}

export function toDossierRowResponse(row: DossierListed): DossierRowResponse {
  const { state, createdAt, updatedAt, submittedAt, requestedCents, actions, ...same } = row;
  return {
    ...same,
    status: state,
    statusLabel: DOSSIER_WORDS.states[state],
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    submittedAt: submittedAt?.toISOString() ?? null,
    actionCount: actions,
    requestedCents: toJson(requestedCents),
  };
}
