import { CalendarDay, Flag, Instant, Nested, NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { COMPLEMENT_STATUSES, type ComplementStatus } from '../domain/complement.js';
import type { ComplementQueries } from '../use-cases/complement.queries.js';
import type { DossierStanding } from '../use-cases/dossier-standing.js';
import type { ComplementOutcome } from '../use-cases/request-complement.js';
import { ComplementItemBody } from './complements.requests.js';

/** The states that acts of the instruction lead to. */
const STATUSES = ['submitted', 'to-complete', 'admissible', 'inadmissible'] as const;

export class AdmissibilityDecisionResponse {
  @Flag() admissible!: boolean;
  @Text({ max: 5000, nullable: true }) reason!: string | null;
  @Instant() decidedAt!: string;
}

/** A dossier as these acts leave it; named as in the dossier itself. */
export class DossierStandingResponse {
  @Uuid() id!: string;
  @Text({ max: 50, example: '2027-GOSB-000123' }) number!: string;
  @OneOf(STATUSES) status!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
  @CalendarDay({ nullable: true, description: 'Jour où le silence vaudra rejet' }) implicitRejectionOn!: string | null;
  @Nested(() => AdmissibilityDecisionResponse, { nullable: true }) admissibility!: AdmissibilityDecisionResponse | null;
}

export class ComplementRequestResponse {
  @Uuid() id!: string;
  @Uuid() dossierId!: string;
  @OneOf(COMPLEMENT_STATUSES, { description: 'Attendu, reçu, échu sans réponse, ou sans objet (dossier retiré)' })
  status!: ComplementStatus;
  @Text({ max: 5000 }) reason!: string;
  @NestedList(() => ComplementItemBody, { max: 50 }) items!: ComplementItemBody[];
  @CalendarDay({ description: 'Dernier jour pour répondre, ce jour compris' }) dueOn!: string;
  @Text({ max: 50, description: 'Fuseau dans lequel ce jour se lit', example: 'Europe/Paris' }) zone!: string;
  @Text({ max: 200 }) requestedBy!: string;
  @Instant() requestedAt!: string;
  @Text({ max: 10_000, nullable: true }) answer!: string | null;
  @Text({ max: 200, nullable: true }) answeredBy!: string | null;
  @Instant({ nullable: true }) answeredAt!: string | null;
  @Instant({ nullable: true }) lapsedAt!: string | null;
}

/** The request, with the dossier that it has just moved. */
export class ComplementRequestedResponse extends ComplementRequestResponse {
  @Nested(() => DossierStandingResponse) dossier!: DossierStandingResponse;
}

/** The dossier, with the request that has just been answered. */
export class ComplementAnsweredResponse extends DossierStandingResponse {
  @Nested(() => ComplementRequestResponse) complementRequest!: ComplementRequestResponse;
}

export function toStandingResponse(dossier: DossierStanding): DossierStandingResponse {
  const { admissibility } = dossier;
  return { ...dossier, admissibility: admissibility && { ...admissibility, decidedAt: admissibility.decidedAt.toISOString() } };
}

export function toComplementResponse(request: ComplementOutcome['request']): ComplementRequestResponse {
  const { id, dossierId, status, reason, dueOn, answer } = request;
  return {
    ...{ id, dossierId, status, reason, dueOn, answer, zone: 'Europe/Paris' },
    items: request.items.map(({ pointer, text }) => ({ pointer, text })),
    requestedBy: request.requestedByName,
    requestedAt: request.requestedAt.toISOString(),
    answeredBy: request.answeredByName,
    answeredAt: request.answeredAt?.toISOString() ?? null,
    lapsedAt: request.lapsedAt?.toISOString() ?? null,
  };
}

export function toComplementPage(page: Awaited<ReturnType<ComplementQueries['ofDossier']>>) {
  return { ...page, rows: page.rows.map(toComplementResponse) };
}

export function toRequestedResponse({ request, dossier }: ComplementOutcome): ComplementRequestedResponse {
  return { ...toComplementResponse(request), dossier: toStandingResponse(dossier) };
}

export function toAnsweredResponse({ request, dossier }: ComplementOutcome): ComplementAnsweredResponse {
  return { ...toStandingResponse(dossier), complementRequest: toComplementResponse(request) };
}
