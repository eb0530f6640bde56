import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import { NoRenewal } from './cpo.errors.js';
import type { Cpo } from './cpo.js';
import type { Tranche } from './tranche.js';

/** Months before its end from which a new CPO is proposed: the time of a call and of a negotiation. */
const PROPOSED_MONTHS_BEFORE = 6;

type EndingCpo = Pick<Cpo, 'state' | 'firstYear' | 'lastYear'> & { readonly tranches: readonly Pick<Tranche, 'amountCents'>[] };

export interface Renewal {
  readonly status: 'not-yet' | 'proposed';
  readonly proposedFrom: Day;
  readonly years: readonly number[];
  /** Cents a year: the average of what was agreed, rounded down. */
  readonly amountCents: Money;
}

/** What may follow a CPO led to its end: as many years, at the average of its tranches. Never its decisions. @throws NoRenewal */
export function renewalOf({ state, firstYear, lastYear, tranches }: EndingCpo, today: Day): Renewal {
  if (state === 'negotiation' || state === 'abandoned' || state === 'terminated') throw new NoRenewal();
  const proposedFrom = `${lastYear}-${String(13 - PROPOSED_MONTHS_BEFORE).padStart(2, '0')}-01`;
  const total = tranches.reduce((sum, { amountCents }) => sum + amountCents, 0n);
  return {
    status: today >= proposedFrom ? 'proposed' : 'not-yet',
    proposedFrom,
    years: Array.from({ length: lastYear - firstYear + 1 }, (_, index) => lastYear + 1 + index),
    amountCents: (total / BigInt(tranches.length)) as Money,
  };
}
