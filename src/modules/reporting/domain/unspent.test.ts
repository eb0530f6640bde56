import fc from 'fast-check';
import { cents, type Money } from '../../../kernel/money.js';
import type { FinancialTotals } from './financial-report.js';
import { proposeRepayment, settle } from './unspent.js';

const totals = (plannedCharges: bigint, realisedCharges: bigint, realisedProducts = realisedCharges): FinancialTotals => ({
  plannedChargesCents: plannedCharges as Money,
  realisedChargesCents: realisedCharges as Money,
  plannedProductsCents: plannedCharges as Money,
  realisedProductsCents: realisedProducts as Money,
  resultCents: (realisedProducts - realisedCharges) as Money,
  inKindChargesCents: cents(0),
  inKindProductsCents: cents(0),
});
const amount = fc.bigInt({ min: 0n, max: 99_999_999_999_999n });

test.each([
  ['all realised', 300_000, 300_000, 1_000_000n, 1_000_000n, 300_000n, 0n],
  ['more realised than planned: the grant is a ceiling', 300_000, 300_000, 1_000_000n, 1_500_000n, 300_000n, 0n],
  ['four fifths realised', 300_000, 300_000, 1_000_000n, 800_000n, 240_000n, 60_000n],
  ['four fifths realised, and no more paid', 300_000, 240_000, 1_000_000n, 800_000n, 240_000n, 0n],
  ['four fifths realised, a cent more paid', 300_000, 240_001, 1_000_000n, 800_000n, 240_000n, 1n],
  ['nothing realised', 300_000, 300_000, 1_000_000n, 0n, 0n, 300_000n],
  ['a third, rounded up for who keeps it', 100, 100, 3n, 1n, 34n, 66n],
  ['two thirds, rounded up', 100, 100, 3n, 2n, 67n, 33n],
  ['nothing planned: earned as it is spent', 300, 300, 0n, 120n, 120n, 180n],
  ['nothing planned, more spent than granted', 300, 300, 0n, 500n, 300n, 0n],
  ['nothing paid', 300_000, 0, 1_000_000n, 0n, 0n, 0n],
])('%s', (_what, granted, paid, planned, realised, earned, unspent) => {
  const settlement = settle({ grantedCents: cents(granted) }, totals(planned, realised));
  expect(settlement).toEqual({ earnedCents: earned, overFinancingCents: 0n });
  expect(proposeRepayment(settlement, cents(paid))).toMatchObject({ unspentCents: unspent, repaymentCents: unspent });
});

test.each([
  ['a deficit gives nothing back', 1_000_000n, 900_000n, 0n],
  ['balanced', 1_000_000n, 1_000_000n, 0n],
  // 100,000 more than the cost; the grant is 300,000 of 1,100,000.
  ['a surplus, by its share of the products', 1_000_000n, 1_100_000n, 27_272n],
])('over-financing: %s', (_what, charges, products, share) => {
  const settlement = settle({ grantedCents: cents(300_000) }, totals(1_000_000n, charges, products));
  expect(settlement.overFinancingCents).toBe(share);
});

test('unspent and over-financed count the same money: the larger is proposed, within what is paid', () => {
  const settlement = { earnedCents: cents(700), overFinancingCents: cents(200) };
  expect(proposeRepayment(settlement, cents(1_000)).repaymentCents).toBe(300n);
  expect(proposeRepayment(settlement, cents(800)).repaymentCents).toBe(200n);
  expect(proposeRepayment(settlement, cents(150)).repaymentCents).toBe(150n);
});

test('never more than granted is earned, never a cent too much is asked, and no cent is invented', () => {
  fc.assert(
    fc.property(amount, amount, amount, amount, amount, (granted, planned, realised, products, paidOf) => {
      const paid = (granted === 0n ? 0n : paidOf % (granted + 1n)) as Money;
      const settlement = settle({ grantedCents: granted as Money }, totals(planned, realised, products));
      const proposal = proposeRepayment(settlement, paid);
      const { earnedCents, overFinancingCents, unspentCents, repaymentCents } = proposal;
      expect(earnedCents >= 0n && earnedCents <= granted).toBe(true);
      expect(overFinancingCents >= 0n && overFinancingCents <= granted).toBe(true);
      expect(unspentCents + (earnedCents < paid ? earnedCents : paid)).toBe(paid);
      expect(repaymentCents >= 0n && repaymentCents <= paid).toBe(true);
      // Exact: between the share and the share plus one cent.
      if (planned > 0n && realised < planned) {
        expect(earnedCents * planned >= granted * realised).toBe(true);
        expect((earnedCents - 1n) * planned < granted * realised).toBe(true);
      }
    }),
  );
});

test('the shares that several funders have of a surplus never add up to more than it', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 6 }), amount, (grants, charges) => {
      const products = grants.reduce((total, grant) => total + grant, 0n);
      const shares = grants.map(
        (grant) => settle({ grantedCents: grant as Money }, totals(products, charges, products)).overFinancingCents,
      );
      const surplus = products > charges ? products - charges : 0n;
      expect(shares.reduce<bigint>((total, share) => total + share, 0n) <= surplus).toBe(true);
    }),
  );
});
