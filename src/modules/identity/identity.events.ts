declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    'account.registered.v1': { userId: string; tokenId: string };
    'account.invited.v1': { userId: string; tokenId: string };
    /** Nobody has used it for long: its holder is told of the day on which it closes. */
    'account.closing-announced.v1': { userId: string; closingOn: string };
    'account.password-reset-asked.v1': { userId: string; tokenId: string };
  }
}

/** What this module's acts tell. */
export const IDENTITY_EVENTS = [
  'account.registered.v1',
  'account.invited.v1',
  'account.password-reset-asked.v1',
  'account.closing-announced.v1',
] as const;
