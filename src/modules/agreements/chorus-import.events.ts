declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    /** An extraction of Chorus was given to read. */
    'chorus-import.asked.v1': { operationId: string };
    /** What was read of it is to be applied. */
    'chorus-import.confirmed.v1': { operationId: string };
    /** What was applied of it is to be undone. */
    'chorus-import.reversal-asked.v1': { operationId: string };
  }
}

/** What the acts on imports tell. */
export const CHORUS_IMPORT_EVENTS = ['chorus-import.asked.v1', 'chorus-import.confirmed.v1', 'chorus-import.reversal-asked.v1'] as const;
