declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    'complement.requested.v1': { readonly dossierId: string; readonly complementRequestId: string };
    'complement.answered.v1': { readonly dossierId: string; readonly complementRequestId: string };
    /** Nobody answered in time: the dossier goes back to its instruction as it is. */
    'complement.lapsed.v1': { readonly dossierId: string; readonly complementRequestId: string };
    'dossier.admissibility-decided.v1': { readonly dossierId: string };
    'dossier.message-posted.v1': { readonly dossierId: string; readonly messageId: string };
  }
}

/** What this module tells. */
export const INSTRUCTION_EVENTS = [
  'complement.requested.v1',
  'complement.answered.v1',
  'complement.lapsed.v1',
  'dossier.admissibility-decided.v1',
  'dossier.message-posted.v1',
] as const;
