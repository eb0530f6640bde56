import type { Money } from '../../../kernel/money.js';

/** At least half of the agreements, or of the money of programme 147, should be multi-year. */
export const CPO_TARGET_PERCENT = 50;

/** Grants of a year: how many, for how much on programme 147, and what of it a signed CPO holds. */
export interface GrantedTotals {
  readonly all: number;
  readonly multiYear: number;
  readonly p147Cents: Money;
  readonly p147MultiYearCents: Money;
}

export interface CpoShare {
  readonly agreements: { readonly multiYear: number; readonly all: number; readonly percent: number | null };
  readonly p147: { readonly multiYearCents: Money; readonly allCents: Money; readonly percent: number | null };
  readonly target: number;
}

/** Both definitions against the same target; a percentage of nothing is none. */
export function shareOf({ all, multiYear, p147Cents, p147MultiYearCents }: GrantedTotals): CpoShare {
  return {
    agreements: { multiYear, all, percent: percentOf(BigInt(multiYear), BigInt(all)) },
    p147: { multiYearCents: p147MultiYearCents, allCents: p147Cents, percent: percentOf(p147MultiYearCents, p147Cents) },
    target: CPO_TARGET_PERCENT,
  };
}

/** Rounded down: 49.9 % is not half. */
function percentOf(part: bigint, whole: bigint): number | null {
  return whole === 0n ? null : Number((part * 100n) / whole);
}
