declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    /** A message to another system waits to be sent. */
    'webhook.due.v1': { deliveryId: string };
    /** An endpoint was stopped because of how it answers: its owner should know. */
    'webhook-endpoint.stopped.v1': { endpointId: string };
    'clock.webhooks-due': Record<string, never>;
    'clock.prune-webhooks': Record<string, never>;
  }
}

/** What the acts on webhooks tell. */
export const WEBHOOKS_EVENTS = ['webhook.due.v1', 'webhook-endpoint.stopped.v1'] as const;
