declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    /** Nothing is asked by these lines any more: withdrawn, refused, set aside or cancelled. Nobody outside need know of it yet. */
    'funding-lines.ended.v1': { readonly lineIds: readonly string[] };
  }
}

/** What this module tells. */
export const FUNDING_EVENTS = ['funding-lines.ended.v1'] as const;
