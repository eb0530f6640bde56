import type { Permission } from '../../../platform/auth/policy.js';
import { POLICY } from '../../../platform/auth/policy.js';
import { isWebhookEvent, subjectOf, type WebhookObject, type WebhookSubject } from '../domain/webhook-events.js';
import type { WebhookDelivery } from '../domain/webhook-delivery.js';
import type { Sight } from '../persistence/webhook-sight.repository.js';

/** Who may have endpoints. */
export const OWNING: readonly string[] = POLICY['webhook.manage'];

/** What one must be allowed to read to be told of an event, and where the view finds it. */
const READING: Readonly<Record<WebhookObject, { readonly permission: Permission; readonly object: string }>> = {
  account: { permission: 'user.manage', object: 'account' },
  membership: { permission: 'membership.read', object: 'membership' },
  dossier: { permission: 'dossier.read-file', object: 'dossier' },
  complement: { permission: 'complement.read', object: 'dossier' },
  // Of a message as of a note, which its own people and who is recused do not read.
  'dossier-message': { permission: 'dossier-message.read-notes', object: 'dossier-message' },
  line: { permission: 'funding-line.read', object: 'line' },
  act: { permission: 'act.read-prepared', object: 'act' },
  // A published call is public: whoever may have endpoints may be told.
  call: { permission: 'webhook.manage', object: 'call' },
  committee: { permission: 'committee.read', object: 'committee' },
  'payment-request': { permission: 'payment.read', object: 'payment-request' },
  payment: { permission: 'payment.read', object: 'payment' },
  report: { permission: 'report.read', object: 'report' },
  repayment: { permission: 'repayment.read', object: 'repayment' },
  cpo: { permission: 'cpo.read', object: 'cpo' },
};

export function sightOf({ object, ids }: WebhookSubject): Sight {
  const { permission, object: seen } = READING[object];
  return { object: seen, ids, roles: POLICY[permission] };
}

/** Null for what is about nothing but the endpoint: a test. */
export function sightOfDelivery({ eventType, data }: WebhookDelivery): Sight | null {
  return isWebhookEvent(eventType) ? sightOf(subjectOf(eventType, data)) : null;
}
