import type { Money } from '../../../kernel/money.js';
import { subtract, ZERO } from '../../../kernel/money.js';
import type { FinancialTotals } from './financial-report.js';

/** What one funder granted and paid. */
export interface GrantPaid {
  readonly grantedCents: Money;
  readonly paidCents: Money;
}

/** What an accepted report leaves of a grant. */
export interface Settlement {
  /** What the beneficiary keeps of the grant, by what was realised: granted × realised charges ÷ planned charges, never more than granted. */
  readonly earnedCents: Money;
  /** The grant's share of what the action earned beyond its cost. */
  readonly overFinancingCents: Money;
}

export interface ProposedRepayment extends Settlement {
  /** Paid and not earned. */
  readonly unspentCents: Money;
  /** What is proposed to ask back: the larger of the two, which count the same money twice, and never more than was paid. */
  readonly repaymentCents: Money;
}

/**
 * Every realised charge without 86 is eligible, planned or not: a grant is for an action, and its gaps are explained. Rounded to the cent that
 * favours the beneficiary: up for what it keeps, down for what it earned too much. Without planned charges the grant is earned as it is spent.
 */
export function settle({ grantedCents }: Pick<GrantPaid, 'grantedCents'>, totals: FinancialTotals): Settlement {
  const { plannedChargesCents: planned, realisedChargesCents: realised, realisedProductsCents: products } = totals;
  const earned = planned === 0n ? realised : (grantedCents * realised + planned - 1n) / planned;
  const surplus = subtract(products, realised);
  return {
    earnedCents: (earned < grantedCents ? earned : grantedCents) as Money,
    overFinancingCents: surplus > 0n ? (((surplus * grantedCents) / products) as Money) : ZERO,
  };
}

/** What to ask back of a grant that was settled, by what is paid of it now: a balance may be paid after the report is accepted. */
export function proposeRepayment(settlement: Settlement, paidCents: Money): ProposedRepayment {
  const unspent = subtract(paidCents, settlement.earnedCents);
  const unspentCents = unspent > 0n ? unspent : ZERO;
  const larger = unspentCents > settlement.overFinancingCents ? unspentCents : settlement.overFinancingCents;
  return { ...settlement, unspentCents, repaymentCents: smallest(larger, paidCents) };
}

function smallest(a: bigint, b: bigint): Money {
  return (a < b ? a : b) as Money;
}
