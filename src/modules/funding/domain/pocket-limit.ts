import { atMostPercent, type Money, subtract } from '../../../kernel/money.js';
import { PocketLimitBelowUse, PocketLimitExceeded } from './pocket-limit.errors.js';

/** Most that poverty pockets may take of a département's programme 147, in a year: 2.5 % (contract, "poches de pauvreté"). */
const PERCENT = 2.5;

/** What a département may give to poverty pockets in a year, and what it gave. */
export interface PocketLimit {
  readonly id: string;
  readonly departmentCode: string;
  readonly year: number;
  /** The département's whole programme 147, as entered: this contract holds only a part of it. */
  readonly baseCents: Money;
  readonly source: string;
  /** Held or granted for actions in pockets. */
  readonly usedCents: Money;
  readonly version: number;
  /** Null for what was taken over from before the limit was kept here. */
  readonly enteredBy: string | null;
  readonly enteredAt: Date;
}

type Figures = Pick<PocketLimit, 'baseCents' | 'usedCents'>;

/** 2.5 % of the base, the fraction of a cent left out: it can't be spent. */
export function limitOf({ baseCents }: Pick<Figures, 'baseCents'>): Money {
  return ((baseCents * 25n) / 1000n) as Money;
}

export function availableForPockets(limit: Figures): Money {
  return subtract(limitOf(limit), limit.usedCents);
}

/** Whether `moreCents` may be held or granted besides what is. @throws PocketLimitExceeded */
export function assertWithinPocketLimit(
  limit: Pick<PocketLimit, 'departmentCode' | 'year' | 'baseCents' | 'usedCents'>,
  moreCents: Money,
): void {
  const { departmentCode, year, baseCents, usedCents } = limit;
  if (moreCents <= 0n || atMostPercent((usedCents + moreCents) as Money, baseCents, PERCENT)) return;
  throw new PocketLimitExceeded(departmentCode, year, { limitCents: limitOf(limit), usedCents }, moreCents);
}

/** Another base, never one that what is used would exceed. @throws PocketLimitBelowUse */
export function rebase<L extends Figures>(limit: L, entered: { readonly baseCents: Money; readonly source: string }): L {
  const { baseCents, source } = entered;
  if (!atMostPercent(limit.usedCents, baseCents, PERCENT)) throw new PocketLimitBelowUse(limitOf({ baseCents }), limit.usedCents);
  return { ...limit, baseCents, source };
}
