import type { Money } from '../../../kernel/money.js';

/** Whose grants of a year are counted together, against what the law bounds. */
export interface Beneficiary {
  readonly organisationId: string;
  readonly funderId: string;
  readonly year: number;
}

/** Amounts above which more is due, in force for a year. */
export interface ActThresholds {
  readonly agreementAboveCents: Money;
  readonly accountsAboveCents: Money;
}

/** The `rank`th act of a funder and year: `2027-P147-94-0001`. */
export function actNumber(year: number, funderCode: string, rank: number): string {
  return `${year}-${funderCode}-${String(rank).padStart(4, '0')}`;
}

/** Letters of refusal are no acts of the series: a plain sequence numbers them, and may leave holes. */
export function refusalLetterNumber(year: number, rank: bigint): string {
  return `REFUS-${year}-${String(rank).padStart(6, '0')}`;
}
