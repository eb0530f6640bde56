declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    /** The report on the year before is accepted: that year waits to be confirmed. */
    'tranche.opened.v1': { cpoId: string; year: string };
    /** That year is committed; its organisation does not know it yet. */
    'tranche.confirmed.v1': { cpoId: string; year: string };
  }
}

/** What the acts on CPOs tell; that a tranche is announced is told with the results. */
export const CPO_EVENTS = ['tranche.opened.v1', 'tranche.confirmed.v1'] as const;
