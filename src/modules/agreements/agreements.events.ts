declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    /** Someone asked that announced decisions be put on paper; the operation says which. */
    'acts.preparation-asked.v1': { operationId: string };
    /** The signed act reached its beneficiary. */
    'act.notified.v1': { actId: string; organisationId: string };
  }
}

/** What this module's acts tell. */
export const AGREEMENTS_EVENTS = ['acts.preparation-asked.v1', 'act.notified.v1'] as const;
