import { type Day, plusDays } from '../../../kernel/day.js';
import { add, type Money, ZERO } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { NotPositive, ScheduleNotTheGrant } from './payment.errors.js';

/** Days within which a grant is paid from the day its act reached the beneficiary, unless the agreement says otherwise (circular of 29 September 2015). */
export const PAYMENT_DAYS = 60;

export const PAYMENT_CONDITIONS = ['date', 'signature', 'interim-report', 'final-report'] as const;
/** What the payment waits for besides its date. */
export type PaymentCondition = (typeof PAYMENT_CONDITIONS)[number];

export interface Installment {
  readonly label: string;
  readonly amountCents: Money;
  readonly dueOn: Day;
  readonly condition: PaymentCondition;
}

/** The whole of the grant, in payments that are each something. @throws NotPositive, ScheduleNotTheGrant */
export function assertSchedule(installments: readonly Installment[], grantedCents: Money): void {
  if (installments.some(({ amountCents }) => amountCents <= ZERO)) throw new NotPositive();
  const total = add(...installments.map(({ amountCents }) => amountCents));
  if (total !== grantedCents) throw new ScheduleNotTheGrant(total, grantedCents);
}

/** Where nobody planned anything: all at once, within the legal delay. None as long as the clock has not started. */
export function defaultSchedule(grantedCents: Money, notifiedAt: Date | null): readonly Installment[] {
  if (notifiedAt === null || grantedCents <= ZERO) return [];
  const dueOn = plusDays(parisDay(notifiedAt), PAYMENT_DAYS);
  return [{ label: 'Versement unique', amountCents: grantedCents, dueOn, condition: 'date' }];
}

/** The day of the first payment that what is paid does not cover; null when all is paid, or nothing is planned. */
export function nextDueOn(installments: readonly Installment[], paidCents: Money): Day | null {
  let covered: bigint = paidCents;
  for (const { amountCents, dueOn } of [...installments].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))) {
    if (covered < amountCents) return dueOn;
    covered -= amountCents;
  }
  return null;
}
