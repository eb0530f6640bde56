declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    /** A message waits to be written and sent. */
    'mail.due.v1': { deliveryId: string };
    'clock.closing-reminders': Record<string, never>;
    'clock.reminders': Record<string, never>;
  }
}

/** What this module's acts tell. */
export const NOTIFICATIONS_EVENTS = ['mail.due.v1'] as const;
