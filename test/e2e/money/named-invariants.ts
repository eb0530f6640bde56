import { MONEY_INVARIANTS } from '../../../src/money-invariants.js';
import { ACROSS_TIME } from './watch/across-time.js';

export interface Named {
  /** Names of `MONEY_INVARIANTS`, searched in the database after every sequence. */
  readonly searched: readonly string[];
  /** Names of `ACROSS_TIME`, watched from each act to the next. */
  readonly watched: readonly (keyof typeof ACROSS_TIME)[];
}

/** What the project promises of its money, by name, and what checks it. All the other invariants are searched too. */
export const NAMED_INVARIANTS = {
  conservation: {
    searched: ['envelope-counters-equal-the-ledger', 'delegated-credit-is-in-sub-envelopes', 'lines-are-held-where-they-say'],
    watched: ['conservation'],
  },
  'no negative': { searched: ['no-counter-is-negative'], watched: [] },
  'reserved + committed ≤ ceiling': { searched: ['no-envelope-passes-its-ceilings'], watched: [] },
  'ledger = counters': { searched: ['envelope-counters-equal-the-ledger', 'line-amounts-equal-the-ledger'], watched: [] },
  'one live approval a line': {
    searched: ['one-live-line-an-identity', 'line-states-agree-with-what-is-held', 'acts: a line has one act that stands'],
    watched: ['approvals'],
  },
  'paid ≤ committed': { searched: ['paid-within-committed', 'paid-within-grant'], watched: [] },
  'tranche gating': { searched: ['a later year is granted once the report on the year before is accepted'], watched: ['gating'] },
  'four eyes': { searched: ['four-eyes-on-programme-147'], watched: [] },
  'pocket limit': { searched: ['pockets-within-their-limit', 'pocket-use-equals-the-ledger'], watched: [] },
  'identity across years': {
    searched: ['the years of a CPO are one grant: one action, one funder, one scheme, 3 or 4 years in a row'],
    watched: ['identity'],
  },
  'notified amounts immutable': {
    searched: ['acts: a notified amount is that of its act, or of its last amendment'],
    watched: ['notifiedAmounts'],
  },
  'reversals exact': { searched: ['reversals-are-exact', 'payments-explain-movements'], watched: ['reversals'] },
} as const satisfies Record<string, Named>;

const SEARCHED: ReadonlySet<string> = new Set(MONEY_INVARIANTS.map(({ name }) => name));

/** What the table names and nothing checks. */
export function unchecked(table: Readonly<Record<string, Named>>): string[] {
  return Object.entries(table).flatMap(([name, { searched, watched }]) => [
    ...(searched.length + watched.length === 0 ? [name] : []),
    ...searched.filter((each) => !SEARCHED.has(each)),
    ...watched.filter((each) => !(each in ACROSS_TIME)),
  ]);
}
