import type { Membership } from '../domain/membership.js';

/** What the record keeps of a membership. */
export function facts({ organisationId, userId, state, roles, decisionReason, endReason, verification }: Membership): object {
  return { organisationId, userId, state, roles, decisionReason, endReason, evidence: verification?.evidence ?? null };
}
