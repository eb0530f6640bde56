declare module '../../platform/queue/jobs.js' {
  interface JobMap {
    /** Someone asked that announced decisions be put on paper; the operation says which. */
    'acts.preparation-asked.v1': { operationId: string };
    /** Acts of that call and funder wait for a signature: told once, however many. */
    'acts.prepared.v1': { callId: string; funderId: string };
    /** The signed act reached its beneficiary. */
    'act.notified.v1': { actId: string; organisationId: string };
    /** The funder's people asked their accountant to pay. */
    'payment.requested.v1': { requestId: string; organisationId: string };
    /** What they asked for is no more to be paid. */
    'payment.request-cancelled.v1': { requestId: string; organisationId: string };
    /** Money was paid to that organisation, in one or several times. */
    'payments.made.v1': { organisationId: string; paymentIds: readonly string[] };
    /** Payments it was told of are undone: they had been confirmed by mistake. */
    'payments.reversed.v1': { organisationId: string; paymentIds: readonly string[] };
  }
}

/** What this module's acts tell. */
export const AGREEMENTS_EVENTS = [
  'acts.preparation-asked.v1',
  'acts.prepared.v1',
  'act.notified.v1',
  'payment.requested.v1',
  'payment.request-cancelled.v1',
  'payments.made.v1',
  'payments.reversed.v1',
] as const;
