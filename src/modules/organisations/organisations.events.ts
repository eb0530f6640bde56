declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    'membership.requested.v1': { membershipId: string };
    'membership.decided.v1': { membershipId: string };
  }
}

/** What this module's acts tell. */
export const ORGANISATIONS_EVENTS = ['membership.requested.v1', 'membership.decided.v1'] as const;
