import { plusDays, type Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import { DelegationEndsBeforeStart, DelegationEndsInPast, DelegationNotShortened } from './programming.errors.js';

/** Who may sign approvals in the prefecture's name: up to how much a line, where, between which days (both included). */
export interface SignatureDelegation {
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly funderId: string;
  readonly funderCode: string;
  /** Null: everywhere in the funder's département. */
  readonly sectorCode: string | null;
  readonly ceilingCents: Money;
  readonly validFrom: Day;
  readonly validUntil: Day;
  /** Of the signed act that grants it. */
  readonly reference: string;
  readonly grantedBy: string;
  readonly grantedAt: Date;
  /** Why it was ended before its last day; null when it was not. */
  readonly endReason: string | null;
  readonly version: number;
}

/** @throws DelegationEndsBeforeStart */
export function assertDates(validFrom: Day, validUntil: Day): void {
  if (validUntil < validFrom) throw new DelegationEndsBeforeStart();
}

/**
 * Its last day comes earlier: at the earliest yesterday, so that it holds no more from now on, and what was signed under it was signed within it.
 * @throws DelegationEndsBeforeStart, DelegationEndsInPast, DelegationNotShortened
 */
export function endEarly(
  delegation: SignatureDelegation,
  { endsOn, reason, today }: { readonly endsOn: Day; readonly reason: string; readonly today: Day },
): SignatureDelegation {
  if (endsOn >= delegation.validUntil) throw new DelegationNotShortened();
  if (endsOn < plusDays(today, -1)) throw new DelegationEndsInPast();
  assertDates(delegation.validFrom, endsOn);
  return { ...delegation, validUntil: endsOn, endReason: reason, version: delegation.version + 1 };
}
