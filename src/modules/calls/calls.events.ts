declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    /** Everyone may read the call; it opens by itself at its hour. */
    'call.published.v1': { callId: string };
  }
}

/** What this module's acts tell. */
export const CALLS_EVENTS = ['call.published.v1'] as const;
