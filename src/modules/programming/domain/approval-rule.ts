import type { Money } from '../../../kernel/money.js';

/** From which amount on two persons approve a line of one funder of programme 147. */
export interface ApprovalRule {
  readonly funderId: string;
  /** Strictly above it; null when one approver is always enough. */
  readonly secondApproverAboveCents: Money | null;
  /** 0 as long as nobody set anything. */
  readonly version: number;
}
