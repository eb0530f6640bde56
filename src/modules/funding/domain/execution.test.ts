import fc from 'fast-check';
import { BievreError } from '../../../kernel/errors.js';
import { cents, type Money } from '../../../kernel/money.js';
import { sumOf } from './envelope.js';
import {
  advance,
  amendGrant,
  close,
  declareNotCarriedOut,
  notify,
  pay,
  recordRepayment,
  reversePayment,
  writeOffRepayment,
  type ExecutedLine,
} from './execution.js';
import type { Decision } from './decidable-line.js';

const aLine = (over: Partial<ExecutedLine> = {}): ExecutedLine => ({
  state: 'notified',
  isProgramme147: true,
  requestedCents: cents(1_000),
  proposedCents: cents(800),
  proposerId: 'delegate',
  grantedCents: cents(800),
  deciderId: 'prefecture',
  decidedOn: '2027-03-01',
  decisionReference: null,
  envelopeId: 'envelope',
  reason: null,
  committedCents: cents(800),
  paidCents: cents(0),
  notifiedAt: new Date('2027-03-15T09:00:00Z'),
  ...over,
});
const moved = ({ movements }: Decision) =>
  movements.map(({ movement }) => [movement.kind, 'amountCents' in movement ? movement.amountCents : null]);

describe('paying', () => {
  test('an advance, then the balance', () => {
    const advancePaid = pay(aLine(), cents(300));
    expect(advancePaid.after).toMatchObject({ state: 'partly-paid', paidCents: 300n });
    const balance = pay(advancePaid.after, cents(500));
    expect(balance.after).toMatchObject({ state: 'paid', paidCents: 800n });
    expect([moved(advancePaid), moved(balance)]).toEqual([[['pay', 300n]], [['pay', 500n]]]);
  });

  test('a balance paid while the report is read moves no state', () => {
    const { after } = pay(aLine({ state: 'report-submitted', paidCents: cents(300) }), cents(500));
    expect(after).toMatchObject({ state: 'report-submitted', paidCents: 800n });
  });

  test.each([
    ['PAYMENT_ABOVE_GRANT', aLine(), 801],
    ['PAYMENT_ABOVE_GRANT', aLine({ state: 'partly-paid', paidCents: cents(300) }), 501],
    ['AMOUNT_NOT_POSITIVE', aLine(), 0],
    ['AMOUNT_NOT_POSITIVE', aLine(), -1],
    ['ACT_NOT_ALLOWED', aLine({ state: 'paid', paidCents: cents(800) }), 1],
    ['ACT_NOT_ALLOWED', aLine({ state: 'signed' }), 100],
  ])('%s', (code, line, amount) => {
    expect(() => pay(line, cents(amount))).toThrow(expect.objectContaining({ code }));
  });

  test('a funder without an envelope here pays too, and moves none', () => {
    const { after, movements } = pay(aLine({ envelopeId: null, committedCents: cents(0) }), cents(800));
    expect([after.state, after.paidCents, movements]).toEqual(['paid', 800n, []]);
  });
});

describe('undoing a payment', () => {
  test.each([
    ['paid', 800, 800, 'notified', 0n],
    ['paid', 800, 300, 'partly-paid', 500n],
    ['partly-paid', 500, 500, 'notified', 0n],
    ['justified', 800, 800, 'justified', 0n],
  ] as const)('%s, %i paid, %i undone → %s', (state, paid, amount, to, left) => {
    const decision = reversePayment(aLine({ state, paidCents: cents(paid) }), cents(amount), 'Payé à une autre structure');
    expect(decision.after).toMatchObject({ state: to, paidCents: left });
    expect(moved(decision)).toEqual([['recover', cents(amount)]]);
  });

  test.each([
    ['REVERSAL_ABOVE_PAID', aLine({ state: 'partly-paid', paidCents: cents(300) }), 301, 'Erreur'],
    ['REASON_REQUIRED', aLine({ state: 'paid', paidCents: cents(800) }), 800, ' '],
    ['ACT_NOT_ALLOWED', aLine(), 1, 'Erreur'],
  ])('%s', (code, line, amount, reason) => {
    expect(() => reversePayment(line, cents(amount), reason)).toThrow(expect.objectContaining({ code }));
  });
});

describe('an amendment', () => {
  test.each([
    ['notified', 0, 1_000, 'notified', [['commit', 200n]]],
    ['notified', 0, 600, 'notified', [['decommit', 200n]]],
    ['partly-paid', 300, 300, 'paid', [['decommit', 500n]]],
    ['paid', 800, 900, 'partly-paid', [['commit', 100n]]],
  ] as const)('%s, %i paid → %i: %s', (state, paid, amount, to, movements) => {
    const decision = amendGrant(aLine({ state, paidCents: cents(paid) }), cents(amount), 'Avenant n° 1');
    expect(decision.after).toMatchObject({ state: to, grantedCents: cents(amount), reason: 'Avenant n° 1' });
    expect(moved(decision)).toEqual(movements);
  });

  test.each([
    ['AMENDMENT_BELOW_PAID', aLine({ state: 'partly-paid', paidCents: cents(300) }), 299, 'Avenant'],
    ['AMOUNT_ABOVE_REQUEST', aLine(), 1_001, 'Avenant'],
    ['REASON_REQUIRED', aLine(), 700, ''],
    ['ACT_NOT_ALLOWED', aLine({ state: 'signed' }), 700, 'Avenant'],
    ['ACT_NOT_ALLOWED', aLine({ state: 'justified', paidCents: cents(300) }), 700, 'Avenant'],
  ])('%s', (code, line, amount, reason) => {
    expect(() => amendGrant(line, cents(amount), reason)).toThrow(expect.objectContaining({ code }));
  });
});

describe('the end', () => {
  test('what was not paid goes back to the envelope', () => {
    const decision = close(aLine({ state: 'justified', paidCents: cents(600) }));
    expect([decision.after.state, moved(decision)]).toEqual(['closed', [['decommit', 200n]]]);
  });

  test('a repayment in two times: the second one ends the line, and everything is back', () => {
    const first = recordRepayment(aLine({ state: 'repayment-due', paidCents: cents(600) }), cents(200), cents(300));
    expect([first.after.state, first.after.paidCents, moved(first)]).toEqual(['repayment-due', 400n, [['recover', 200n]]]);
    const last = recordRepayment(first.after, cents(300), cents(0));
    expect([last.after.state, last.after.paidCents]).toEqual(['closed', 100n]);
    expect(moved(last)).toEqual([
      ['recover', 300n],
      ['decommit', 700n],
    ]);
  });

  test('the funder may give up what is due, for a reason', () => {
    const line = aLine({ state: 'repayment-due', paidCents: cents(800) });
    expect(moved(writeOffRepayment(line, 'Structure liquidée'))).toEqual([]);
    expect(() => writeOffRepayment(line, '')).toThrow(expect.objectContaining({ code: 'REASON_REQUIRED' }));
  });

  test('more than what was paid cannot come back', () => {
    const line = aLine({ state: 'repayment-due', paidCents: cents(100) });
    expect(() => recordRepayment(line, cents(101), cents(0))).toThrow(expect.objectContaining({ code: 'REPAYMENT_ABOVE_PAID' }));
  });
});

test('whatever is tried, in whatever order, the line holds what its movements say: paid ≤ granted, committed ≥ paid', () => {
  const amount = fc.bigInt({ min: -10n, max: 1_100n }).map((value) => cents(value));
  const step = fc.oneof(
    fc.record({ act: fc.constantFrom('pay', 'reverse', 'amend', 'repay'), amount }),
    fc.record({
      act: fc.constantFrom('ask-report', 'submit-report', 'accept-report', 'ask-repayment', 'abandon', 'close', 'write-off'),
      amount,
    }),
  );
  const run = (line: ExecutedLine, act: string, value: Money): Decision<ExecutedLine> => {
    switch (act) {
      case 'pay':
        return pay(line, value);
      case 'reverse':
        return reversePayment(line, value, 'Erreur');
      case 'amend':
        return amendGrant(line, value, 'Avenant');
      case 'repay':
        return recordRepayment(line, value, cents(value % 2n === 0n ? 0 : 1));
      case 'abandon':
        return declareNotCarriedOut(line, 'Annulée');
      case 'close':
        return close(line);
      case 'write-off':
        return writeOffRepayment(line, 'Liquidée');
      default:
        return advance(line, act as Parameters<typeof advance>[1]);
    }
  };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let line = notify(aLine({ state: 'signed', notifiedAt: null }), new Date(0)).after;
      for (const { act, amount: value } of steps) {
        let decision: Decision<ExecutedLine>;
        try {
          decision = run(line, act, value);
        } catch (refusal) {
          expect(refusal).toBeInstanceOf(BievreError);
          continue;
        }
        const sum = sumOf(decision.movements.map(({ movement }) => movement));
        const committedCents = (line.committedCents + sum.committedCents) as Money;
        expect(decision.after.paidCents).toBe(line.paidCents + sum.paidCents);
        line = { ...decision.after, committedCents };
        expect(line.paidCents >= 0n && line.paidCents <= line.committedCents).toBe(true);
        expect(line.state === 'closed' ? line.committedCents === line.paidCents : line.committedCents === line.grantedCents).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
