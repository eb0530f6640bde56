import { cents } from '../../../kernel/money.js';
import { BievreError } from '../../../kernel/errors.js';
import { assertAsked, giveUp, leftOf, receive, type Repayment } from './repayment.js';

const AT = new Date('2028-09-01T09:00:00Z');
const TODAY = '2028-09-01';
const aRepayment = (over: Partial<Repayment> = {}): Repayment => ({
  ...{ id: 'r', fundingLineId: 'l', amountCents: cents(1_000), receivedCents: cents(0), state: 'asked', version: 1, reason: 'Non dépensé' },
  ...{ dueOn: '2028-10-01', titleReference: null, askedBy: 'p', askedAt: AT, writeOffReason: null, endedAt: null },
  ...over,
});
const codeOf = (act: () => unknown): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof BievreError ? error.code : 'BUG';
  }
};

test('received in parts, it ends with the last cent', () => {
  const part = receive(aRepayment(), { amountCents: cents(999), receivedOn: TODAY }, TODAY, AT);
  expect(part).toMatchObject({ state: 'asked', receivedCents: 999n, version: 2, endedAt: null });
  expect(leftOf(part)).toBe(1n);
  expect(receive(part, { amountCents: cents(1), receivedOn: '2028-08-31' }, TODAY, AT)).toMatchObject({
    state: 'received',
    receivedCents: 1_000n,
    version: 3,
    endedAt: AT,
  });
});

test.each([
  ['REPAYMENT_ABOVE_ASKED', aRepayment({ receivedCents: cents(400) }), 601, TODAY],
  ['AMOUNT_NOT_POSITIVE', aRepayment(), 0, TODAY],
  ['AMOUNT_NOT_POSITIVE', aRepayment(), -1, TODAY],
  ['RECEIVED_IN_FUTURE', aRepayment(), 1, '2028-09-02'],
  ['REPAYMENT_ENDED', aRepayment({ state: 'received' }), 1, TODAY],
  ['REPAYMENT_ENDED', aRepayment({ state: 'written-off' }), 1, TODAY],
])('%s', (code, repayment, amount, receivedOn) => {
  expect(codeOf(() => receive(repayment, { amountCents: cents(amount), receivedOn }, TODAY, AT))).toBe(code);
});

test('given up with a reason, once', () => {
  expect(giveUp(aRepayment(), ' Structure liquidée ', AT)).toMatchObject({
    state: 'written-off',
    writeOffReason: 'Structure liquidée',
    endedAt: AT,
  });
  expect(codeOf(() => giveUp(aRepayment(), '  ', AT))).toBe('REASON_REQUIRED');
  expect(codeOf(() => giveUp(aRepayment({ state: 'received' }), 'x', AT))).toBe('REPAYMENT_ENDED');
});

test.each([
  [null, 500, TODAY],
  [null, 1, '2029-01-01'],
  ['AMOUNT_NOT_POSITIVE', 0, TODAY],
  ['REPAYMENT_ABOVE_PAID', 501, TODAY],
  ['DUE_IN_PAST', 500, '2028-08-31'],
])('asking gives %s for %d due on %s', (code, amount, dueOn) => {
  expect(codeOf(() => assertAsked({ amountCents: cents(amount), dueOn }, cents(500), TODAY))).toBe(code);
});
