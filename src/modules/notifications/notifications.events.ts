declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    /** A mail is to be written and sent: a message alone, under its id, or several under the id of the mail that holds them. */
    'mail.due.v1': { deliveryId: string };
    'clock.closing-reminders': Record<string, never>;
    'clock.reminders': Record<string, never>;
    'clock.deadlines': Record<string, never>;
    'clock.document-reminders': Record<string, never>;
    'clock.retain-messages': Record<string, never>;
    'clock.waiting-mail': Record<string, never>;
  }
}

/** What this module's acts tell. */
export const NOTIFICATIONS_EVENTS = ['mail.due.v1'] as const;
