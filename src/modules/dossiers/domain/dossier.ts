import type { Day } from '../../../kernel/day.js';
import type { Declarations } from './attestation.js';
import { NotAttested } from './dossier.errors.js';
import { nextDossierState, type DossierAct, type DossierState } from './dossier.transitions.js';

export interface Attestation {
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
  readonly by: string;
  readonly at: Date;
  readonly declarations: Declarations;
}

/** The file of one organisation in one call. */
export interface Dossier {
  readonly id: string;
  readonly number: string;
  readonly callId: string;
  readonly organisationId: string;
  readonly trackCode: string;
  readonly title: string;
  readonly state: DossierState;
  /** Moves with every act that the applicant may see, and with none of the others. */
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Of the content as it is now; null when nobody attested it, or when it changed since. */
  readonly attestation: Attestation | null;
  readonly submittedAt: Date | null;
  readonly submittedBy: string | null;
  readonly receiptNumber: string | null;
  readonly implicitRejectionOn: Day | null;
  readonly admissibilityReason: string | null;
  readonly admissibilityBy: string | null;
  readonly admissibilityAt: Date | null;
  readonly withdrawalReason: string | null;
}

/** Acts of the instruction on a dossier; each is visible to the applicant. */
export type InstructionAct = Extract<
  DossierAct,
  'request-complement' | 'complete' | 'lapse-complement' | 'declare-admissible' | 'declare-inadmissible'
>;

/** Acts after which the dossier is relied upon as it stands: what they rely on must be attested. */
const RELIES_ON_CONTENT: ReadonlySet<DossierAct> = new Set<DossierAct>(['submit', 'complete', 'declare-admissible']);

/** Never submitted: known to its organisation only. */
export function isPrivate(dossier: Pick<Dossier, 'submittedAt'>): boolean {
  return dossier.submittedAt === null;
}

/** The dossier once `act` is done on it at `at`. @throws ActNotAllowed, NotAttested */
export function afterAct<D extends Dossier>(dossier: D, act: DossierAct, at: Date): D {
  const state = nextDossierState(dossier.state, act);
  if (RELIES_ON_CONTENT.has(act) && dossier.attestation === null) throw new NotAttested();
  return { ...dossier, state, version: dossier.version + 1, updatedAt: at };
}

/** The dossier once its content changed: the attestation is void, whoever gave it. @throws ActNotAllowed */
export function afterEdit<D extends Dossier>(dossier: D, at: Date): D {
  return { ...afterAct(dossier, 'edit', at), attestation: null };
}

/** @throws ActNotAllowed */
export function afterAttestation<D extends Dossier>(dossier: D, attestation: Attestation): D {
  return { ...afterAct(dossier, 'attest', attestation.at), attestation };
}

/** @throws ActNotAllowed */
export function afterWithdrawal<D extends Dossier>(dossier: D, reason: string, at: Date): D {
  return { ...afterAct(dossier, 'withdraw', at), withdrawalReason: reason };
}
