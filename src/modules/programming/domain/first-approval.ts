import { inFrench, type Money } from '../../../kernel/money.js';
import { RuleRefused } from '../../../kernel/errors.js';

/** An approval of programme 147 that waits for a second person. It stands for the proposal that it was given on. */
export interface FirstApproval {
  readonly approverId: string;
  readonly amountCents: Money;
  readonly at: Date;
}

/** What an approval finds: from which amount on the funder wants a second approver, and whether someone approved already. */
export interface ApprovalStanding {
  /** Strictly above it, two approve; null: one is always enough. */
  readonly secondApproverAboveCents: Money | null;
  readonly first: FirstApproval | null;
}

export interface GivenApproval {
  readonly approverId: string;
  readonly amountCents: Money;
}

/** `final`: the amount is granted. `first`: it waits for a second person. */
export type ApprovalStep = 'final' | 'first';

/** Who approved first may change their mind on the amount, not second themselves. */
export class SecondApproverIsFirst extends RuleRefused {
  constructor(amountCents: Money) {
    super(
      'SECOND_APPROVER_IS_FIRST',
      `Vous avez déjà accordé ${inFrench(amountCents)} : une autre personne doit maintenant l’accorder aussi.`,
    );
  }
}

/** Whether one approver is not enough for that amount. */
export function needsSecond(secondApproverAboveCents: Money | null, amountCents: Money): boolean {
  return secondApproverAboveCents !== null && amountCents > secondApproverAboveCents;
}

/** Two persons approve the same amount, or the last one given waits for another. @throws SecondApproverIsFirst */
export function approvalStep(
  { secondApproverAboveCents, first }: ApprovalStanding,
  { approverId, amountCents }: GivenApproval,
): ApprovalStep {
  if (!needsSecond(secondApproverAboveCents, amountCents)) return 'final';
  if (first === null || first.amountCents !== amountCents) return 'first';
  if (first.approverId === approverId) throw new SecondApproverIsFirst(amountCents);
  return 'final';
}
