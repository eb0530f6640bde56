import { parisDay } from '../../../kernel/paris-day.js';
import type { Day } from '../../../kernel/day.js';
import { implicitRejectionOn, type DossierState, type FiledDossier } from '../../dossiers/index.js';
import { suspensions, type ComplementRequest } from '../domain/complement.js';

/** Where an act of the instruction leaves a dossier. */
export interface DossierStanding {
  readonly id: string;
  readonly number: string;
  readonly status: DossierState;
  readonly version: number;
  readonly implicitRejectionOn: Day | null;
  /** null as long as it is not decided. */
  readonly admissibility: { readonly admissible: boolean; readonly reason: string | null; readonly decidedAt: Date } | null;
}

export function standingOf(dossier: FiledDossier): DossierStanding {
  const { id, number, state, version, implicitRejectionOn: rejectionOn, admissibilityAt, admissibilityReason } = dossier;
  const admissibility = admissibilityAt && {
    admissible: state !== 'inadmissible',
    reason: admissibilityReason,
    decidedAt: admissibilityAt,
  };
  return { id, number, status: state, version, implicitRejectionOn: rejectionOn, admissibility };
}

/** What the audit keeps of an act on a dossier. */
export function auditOf({ state, version, implicitRejectionOn: rejectionOn }: FiledDossier): object {
  return { state, version, implicitRejectionOn: rejectionOn };
}

/** The day of the implicit rejection once these complements were asked; the delay does not run while they are awaited. */
export function rejectionDay(dossier: FiledDossier, requests: readonly ComplementRequest[]): { implicitRejectionOn?: Day } {
  if (dossier.submittedAt === null) return {};
  return {
    implicitRejectionOn: implicitRejectionOn(parisDay(dossier.submittedAt), suspensions(requests), dossier.terms.implicitRejectionMonths),
  };
}
