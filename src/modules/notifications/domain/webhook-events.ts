import type { NotifiedEvent } from './catalogue.js';
import { refList, ref, type Refs } from './delivery.js';

/** What an event is about, as far as the right to know of it goes. */
export type WebhookObject =
  | 'account'
  | 'membership'
  | 'dossier'
  | 'complement'
  | 'dossier-message'
  | 'line'
  | 'act'
  | 'call'
  | 'committee'
  | 'payment-request'
  | 'payment'
  | 'report'
  | 'repayment'
  | 'cpo';

interface WebhookEntry {
  readonly object: WebhookObject;
  /** The payload's field that holds the id, or the ids, of the object. */
  readonly objectId: string;
  /** The only fields that leave: ids that their reader looks up with rights of their own. */
  readonly ids: readonly string[];
}

/**
 * Events that other systems may ask for. One that is not here never leaves: a code that opens an account, a draft (which is its organisation's
 * alone), the inner steps of long work (acts that wait for a signature), what is between Bièvre and one person (a reset, an account that closes, an
 * endpoint that stopped).
 */
export const WEBHOOK_CATALOGUE = {
  'account.registered.v1': { object: 'account', objectId: 'userId', ids: ['userId'] },
  'account.invited.v1': { object: 'account', objectId: 'userId', ids: ['userId'] },
  'membership.requested.v1': { object: 'membership', objectId: 'membershipId', ids: ['membershipId'] },
  'membership.decided.v1': { object: 'membership', objectId: 'membershipId', ids: ['membershipId'] },
  'dossier.submitted.v1': { object: 'dossier', objectId: 'dossierId', ids: ['dossierId'] },
  'dossier.withdrawn.v1': { object: 'dossier', objectId: 'dossierId', ids: ['dossierId'] },
  'complement.requested.v1': { object: 'complement', objectId: 'dossierId', ids: ['dossierId', 'complementRequestId'] },
  'complement.answered.v1': { object: 'complement', objectId: 'dossierId', ids: ['dossierId', 'complementRequestId'] },
  'complement.lapsed.v1': { object: 'complement', objectId: 'dossierId', ids: ['dossierId', 'complementRequestId'] },
  'dossier.admissibility-decided.v1': { object: 'dossier', objectId: 'dossierId', ids: ['dossierId'] },
  'dossier.message-posted.v1': { object: 'dossier-message', objectId: 'messageId', ids: ['dossierId', 'messageId'] },
  'results.announced.v1': { object: 'line', objectId: 'lineIds', ids: ['callId', 'organisationId', 'lineIds'] },
  'act.notified.v1': { object: 'act', objectId: 'actId', ids: ['actId', 'organisationId'] },
  'call.published.v1': { object: 'call', objectId: 'callId', ids: ['callId'] },
  'committee.convened.v1': { object: 'committee', objectId: 'committeeId', ids: ['committeeId'] },
  'committee.closed.v1': { object: 'committee', objectId: 'committeeId', ids: ['committeeId'] },
  'payment.requested.v1': { object: 'payment-request', objectId: 'requestId', ids: ['requestId', 'organisationId'] },
  'payment.request-cancelled.v1': { object: 'payment-request', objectId: 'requestId', ids: ['requestId', 'organisationId'] },
  'payments.made.v1': { object: 'payment', objectId: 'paymentIds', ids: ['organisationId', 'paymentIds'] },
  'payments.reversed.v1': { object: 'payment', objectId: 'paymentIds', ids: ['organisationId', 'paymentIds'] },
  'report.submitted.v1': { object: 'report', objectId: 'reportId', ids: ['reportId'] },
  'report.amendment-asked.v1': { object: 'report', objectId: 'reportId', ids: ['reportId', 'organisationId'] },
  'report.accepted.v1': { object: 'report', objectId: 'reportId', ids: ['reportId', 'organisationId'] },
  'repayment.asked.v1': { object: 'repayment', objectId: 'repaymentId', ids: ['repaymentId', 'organisationId'] },
  'tranche.opened.v1': { object: 'cpo', objectId: 'cpoId', ids: ['cpoId', 'year'] },
  'tranche.confirmed.v1': { object: 'cpo', objectId: 'cpoId', ids: ['cpoId', 'year'] },
} as const satisfies Partial<Readonly<Record<NotifiedEvent, WebhookEntry>>>;

export type WebhookEvent = keyof typeof WEBHOOK_CATALOGUE;
export const WEBHOOK_EVENTS = Object.keys(WEBHOOK_CATALOGUE) as readonly WebhookEvent[];

/** Sent on demand to try an endpoint out; nobody subscribes to it. */
export const TEST_EVENT = 'webhook.test';

/** What must be readable for an event to leave. */
export interface WebhookSubject {
  readonly object: WebhookObject;
  readonly ids: readonly string[];
}

export function isWebhookEvent(type: string): type is WebhookEvent {
  return Object.hasOwn(WEBHOOK_CATALOGUE, type);
}

export function subjectOf(type: WebhookEvent, refs: Refs): WebhookSubject {
  const { object, objectId }: WebhookEntry = WEBHOOK_CATALOGUE[type];
  return { object, ids: typeof refs[objectId] === 'string' ? [ref(refs, objectId)] : refList(refs, objectId) };
}

/** The ids that leave, and nothing else of what the event carries. */
export function thinData(type: WebhookEvent, refs: Refs): Refs {
  const { ids }: WebhookEntry = WEBHOOK_CATALOGUE[type];
  return Object.fromEntries(Object.entries(refs).filter(([name]) => ids.includes(name)));
}
