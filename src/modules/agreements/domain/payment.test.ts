import type { Money } from '../../../kernel/money.js';
import { assertPaidOn, assertRequest, cancelRequest, leftToRequest, paidOfRequest, type PaidLine, type PaymentRequest } from './payment.js';
import { assertSchedule, defaultSchedule, type Installment, nextDueOn } from './payment-schedule.js';

const cents = (amount: number) => BigInt(amount) as Money;
const aLine = (over: Partial<PaidLine> = {}): PaidLine => ({
  grantedCents: cents(1000),
  paidCents: cents(0),
  decidedOn: '2027-03-01',
  decidedAt: null,
  ...over,
});
const anInstallment = (amount: number, dueOn: string): Installment => ({
  label: 'Avance',
  amountCents: cents(amount),
  dueOn,
  condition: 'date',
});

describe('what may still be asked for', () => {
  test.each([
    ['all of it at first', 0, 0, 1000],
    ['less what was asked', 400, 0, 600],
    ['what is paid was asked, whoever asked it', 400, 700, 300],
    ['what was asked and paid counts once', 400, 400, 600],
    ['nothing once all is asked', 1000, 0, 0],
    ['nothing, and no debt, when an amendment took more back', 1500, 0, 0],
  ])('%s', (_what, requested, paid, left) => {
    expect(leftToRequest(aLine({ paidCents: cents(paid) }), cents(requested))).toBe(cents(left));
  });

  test('to the last cent, and not one more', () => {
    expect(() => assertRequest(aLine(), cents(600), cents(400))).not.toThrow();
    expect(() => assertRequest(aLine(), cents(601), cents(400))).toThrow(/6,00.*à demander/);
    expect(() => assertRequest(aLine(), cents(0), cents(0))).toThrow(/positif/);
  });
});

describe('what is paid of a request', () => {
  test.each([
    ['nothing yet', 0, 0, 0],
    ['nothing as long as an older one waits', 300, 300, 0],
    ['what goes past the older ones', 300, 301, 1],
    ['all of it', 300, 500, 200],
    ['no more than it asked for', 0, 900, 200],
  ])('%s', (_what, earlier, paid, expected) => {
    expect(paidOfRequest(cents(200), cents(earlier), cents(paid))).toBe(cents(expected));
  });

  const asked = { id: 'r', lineId: 'l', installmentId: null, amountCents: cents(200), requestedBy: 'paul', requestedAt: new Date(0) };
  const request: PaymentRequest = { ...asked, cancelledBy: null, cancelledAt: null, cancellationReason: null };
  const by = { cancelledBy: 'claire', cancelledAt: new Date(1), cancellationReason: 'Deux fois' };

  test('once a cent of it is paid it is not cancelled, nor twice', () => {
    const cancelled = cancelRequest(request, by, { earlierCents: cents(300), paidCents: cents(300) });
    expect(cancelled).toEqual({ ...asked, ...by });
    expect(() => cancelRequest(request, by, { earlierCents: cents(300), paidCents: cents(301) })).toThrow(/0,01.*sont déjà versés/);
    expect(() => cancelRequest(cancelled, by, { earlierCents: cents(300), paidCents: cents(0) })).toThrow(/déjà annulée/);
  });
});

describe('the day of a payment', () => {
  test.each(['2027-03-01', '2027-05-10'])('may be %s, from the decision to today', (day) => {
    expect(() => assertPaidOn(aLine(), day, '2027-05-10')).not.toThrow();
  });
  test('is neither to come nor before the decision', () => {
    expect(() => assertPaidOn(aLine(), '2027-05-11', '2027-05-10')).toThrow(/à venir/);
    expect(() => assertPaidOn(aLine(), '2027-02-28', '2027-05-10')).toThrow(/antérieur/);
    const decidedAt = new Date('2027-02-28T23:30:00Z');
    expect(() => assertPaidOn(aLine({ decidedOn: null, decidedAt }), '2027-02-28', '2027-05-10')).toThrow(/antérieur/);
  });
});

describe('a schedule', () => {
  test('is the grant, to the cent, in payments that are each something', () => {
    const [advance, rest] = [anInstallment(600, '2027-06-01'), anInstallment(400, '2027-12-01')];
    expect(() => assertSchedule([advance, rest], cents(1000))).not.toThrow();
    expect(() => assertSchedule([advance, rest], cents(1001))).toThrow(/doivent être égaux/);
    expect(() => assertSchedule([advance, rest], cents(999))).toThrow(/doivent être égaux/);
    expect(() => assertSchedule([anInstallment(1001, '2027-06-01'), anInstallment(-1, '2027-06-01')], cents(1000))).toThrow(/positif/);
    expect(() => assertSchedule([anInstallment(1000, '2027-06-01'), anInstallment(0, '2027-06-01')], cents(1000))).toThrow(/positif/);
  });

  test('is one payment 60 days after the notification when nobody planned any, of the day in Paris', () => {
    expect(defaultSchedule(cents(1000), null)).toEqual([]);
    expect(defaultSchedule(cents(1000), new Date('2027-03-31T22:30:00Z'))).toMatchObject([{ amountCents: 1000n, dueOn: '2027-05-31' }]);
  });

  test.each([
    [0, '2027-06-01'],
    [599, '2027-06-01'],
    [600, '2027-12-01'],
    [999, '2027-12-01'],
    [1000, null],
  ])('%i paid: the next is due on %s, whatever the order they were written in', (paid, due) => {
    expect(nextDueOn([anInstallment(400, '2027-12-01'), anInstallment(600, '2027-06-01')], cents(paid))).toBe(due);
  });
});
