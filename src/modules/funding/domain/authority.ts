import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import { type ApprovalAct, DelegationExceeded, NoDelegation } from './decision.errors.js';

export interface Delegation {
  /** Most that it lets approve for one line. */
  readonly ceilingCents: Money;
  readonly startsOn: Day;
  /** Last day, itself included; null without end. */
  readonly endsOn: Day | null;
}

/** By what right someone approves. A delegate's `delegation` is the one whose perimeter holds the line; null when there is none. */
export type Authority = { readonly kind: 'prefecture' } | { readonly kind: 'delegate'; readonly delegation: Delegation | null };

/** Whether that amount may be approved, or its approval undone, by that right. @throws NoDelegation, DelegationExceeded */
export function assertAuthority(authority: Authority, amountCents: Money, today: Day, act: ApprovalAct): void {
  if (authority.kind === 'prefecture') return;
  const { delegation } = authority;
  if (delegation === null || today < delegation.startsOn || (delegation.endsOn !== null && today > delegation.endsOn))
    throw new NoDelegation(act);
  if (amountCents > delegation.ceilingCents) throw new DelegationExceeded(amountCents, delegation.ceilingCents, act);
}
