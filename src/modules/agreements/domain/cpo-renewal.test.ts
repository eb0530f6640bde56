import { cents } from '../../../kernel/money.js';
import { renewalOf } from './cpo-renewal.js';
import { shareOf } from './cpo-share.js';

const tranches = [{ amountCents: cents(5_000) }, { amountCents: cents(6_000) }, { amountCents: cents(6_001) }];
const cpo = { state: 'active', firstYear: 2027, lastYear: 2029, tranches } as const;

test.each([
  ['2029-06-30', 'not-yet'],
  ['2029-07-01', 'proposed'],
  ['2030-03-01', 'proposed'],
] as const)('on %s, the renewal of a CPO that ends in 2029 is %s: as many years, at the average', (today, status) => {
  expect(renewalOf(cpo, today)).toEqual({ status, proposedFrom: '2029-07-01', years: [2030, 2031, 2032], amountCents: 5_667n });
});

test.each(['negotiation', 'abandoned', 'terminated'] as const)('a %s CPO has none', (state) => {
  expect(() => renewalOf({ ...cpo, state }, '2029-08-01')).toThrow(expect.objectContaining({ code: 'NO_RENEWAL' }));
});

test.each([
  [0, 0, 0, 0, null, null],
  [3, 1, 10_000, 4_999, 33, 49],
  [2, 1, 10_000, 5_000, 50, 50],
  [2, 2, 0, 0, 100, null],
])('%i grants of which %i multi-year, %i cents of which %i: %s %% and %s %%', (all, multiYear, p147, multi, ofGrants, ofMoney) => {
  const share = shareOf({ all, multiYear, p147Cents: cents(p147), p147MultiYearCents: cents(multi) });
  expect([share.agreements.percent, share.p147.percent, share.target]).toEqual([ofGrants, ofMoney, 50]);
});
