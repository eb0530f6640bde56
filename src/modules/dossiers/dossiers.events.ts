declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    'dossier.attestation-requested.v1': { readonly dossierId: string };
    'dossier.submitted.v1': { readonly dossierId: string };
    'dossier.withdrawn.v1': { readonly dossierId: string };
  }
}

/** What this module tells. */
export const DOSSIER_EVENTS = ['dossier.attestation-requested.v1', 'dossier.submitted.v1', 'dossier.withdrawn.v1'] as const;
