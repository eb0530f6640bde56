declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    /** Someone asked that the decisions of a call be told; the operation says which. */
    'results.announcement-asked.v1': { operationId: string };
    /** From now on the organisation sees these decisions. Once an organisation and an announcement. */
    'results.announced.v1': { callId: string; organisationId: string; lineIds: readonly string[] };
    /** Who sits and what comes before them is frozen. */
    'committee.convened.v1': { committeeId: string };
    /** The session is over and its minutes are frozen. */
    'committee.closed.v1': { committeeId: string };
  }
}

/** What this module's acts tell. */
export const PROGRAMMING_EVENTS = [
  'results.announcement-asked.v1',
  'results.announced.v1',
  'committee.convened.v1',
  'committee.closed.v1',
] as const;
