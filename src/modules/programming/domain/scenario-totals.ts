import type { Money } from '../../../kernel/money.js';

export const TOTAL_DIMENSIONS = ['orientation', 'qpv', 'commune', 'sector', 'funder'] as const;
export type TotalDimension = (typeof TOTAL_DIMENSIONS)[number];

export interface TotalRow {
  /** Of the orientation, QPV, commune, sector or funder. */
  readonly code: string;
  readonly name: string;
  readonly lines: number;
  readonly requestedCents: Money;
  readonly amountCents: Money;
  /** The part of the amount that other rows of the same dimension count too: an action may be in several QPV, a QPV in several communes. */
  readonly sharedCents: Money;
}

export interface EnvelopeTotal {
  readonly envelopeId: string;
  readonly programme: string;
  readonly funderCode: string;
  readonly year: number;
  readonly departmentCode: string | null;
  readonly lines: number;
  /** Asked of it by the scenario. */
  readonly amountCents: Money;
  /** What it has now for the lines of this scenario, what they hold of it already included. */
  readonly availableCents: Money;
  /** Which of AE and CP is the lower one; null when they are equal. */
  readonly limitedBy: 'AE' | 'CP' | null;
}

/** A part of a whole, against what the contract aims at. */
export interface Share {
  readonly part: bigint;
  readonly whole: bigint;
}

/** Something of the scenario that applying it as it stands would refuse. */
export interface ScenarioRefusal {
  readonly lineId: string | null;
  readonly envelopeId: string | null;
  readonly code: string;
  readonly detail: string;
}

export interface ScenarioTotals {
  readonly lines: number;
  /** With an amount; with zero; not looked at. */
  readonly funded: number;
  readonly unfunded: number;
  readonly undecided: number;
  readonly requestedCents: Money;
  readonly amountCents: Money;
  readonly envelopes: readonly EnvelopeTotal[];
  readonly by: Readonly<Record<TotalDimension, readonly TotalRow[]>>;
  /** Both definitions of the multi-year share: of the agreements to be made, and of the money of programme 147. */
  readonly cpo: { readonly agreements: Share; readonly p147Money: Share };
}

/** Out of 10,000, rounded down; null of nothing. */
export function basisPoints({ part, whole }: Share): number | null {
  return whole === 0n ? null : Number((part * 10_000n) / whole);
}

/** At least half of it, the aim of the contract; half exactly reaches it. False of nothing. */
export function reachesHalf({ part, whole }: Share): boolean {
  return whole > 0n && part * 2n >= whole;
}

export const leftOf = ({ availableCents, amountCents }: EnvelopeTotal): bigint =>
  availableCents > amountCents ? availableCents - amountCents : 0n;
export const overflowOf = ({ availableCents, amountCents }: EnvelopeTotal): bigint =>
  amountCents > availableCents ? amountCents - availableCents : 0n;
