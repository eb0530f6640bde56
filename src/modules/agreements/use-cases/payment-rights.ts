import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, refuseRecused } from '../../../platform/auth/authorizer.js';
import type { Permission } from '../../../platform/auth/policy.js';
import type { FundingLine, LineInHand } from '../../funding/index.js';
import { audited, funderScopes, stateScopes } from '../../programming/index.js';

/**
 * The checks that come before any rule of payments: may the line be seen, may they pay for its funder, is it their own organisation.
 * @throws NotFound, Forbidden, Recused
 */
export function assertMayPay(hand: LineInHand, actor: Actor, permission: Permission): void {
  authorize(actor, 'funding-line.read', hand.perimeter);
  authorizeCreation(actor, permission, hand.line.isProgramme147 ? stateScopes(hand) : funderScopes(hand));
  refuseRecused(actor, hand.line.organisationId);
}

/** What the audit keeps of a line before and after an act on its payments. */
export function auditedPaid(line: FundingLine): object {
  const { paidCents, ejNumber } = line;
  return { ...audited(line), paidCents, ejNumber };
}

/** An act that changes nothing of what the line's envelope holds: its version tells that it happened. */
export const unmoved = (after: FundingLine) => ({ after, movements: [] });
