import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import { DelegationEndsBeforeStart } from './programming.errors.js';

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
}

/** @throws DelegationEndsBeforeStart */
export function assertDates(validFrom: Day, validUntil: Day): void {
  if (validUntil < validFrom) throw new DelegationEndsBeforeStart();
}
