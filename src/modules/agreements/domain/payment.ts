import type { Day } from '../../../kernel/day.js';
import { type Money, subtract, ZERO } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { NotPositive, PaidBeforeDecision, PaidInFuture, RequestAboveGrant } from './payment.errors.js';

/** What was paid on a line, as its funder confirmed it. */
export interface Payment {
  readonly id: string;
  readonly lineId: string;
  readonly amountCents: Money;
  readonly paidOn: Day;
  /** How the accountant names it. */
  readonly reference: string;
  /** Confirmed by a person, or by an extraction of Chorus. */
  readonly source: 'hand' | 'chorus';
  readonly confirmedBy: string;
  readonly confirmedAt: Date;
  readonly reversedBy: string | null;
  readonly reversedAt: Date | null;
  readonly reversalReason: string | null;
}

/** What the funder's people asked their accountant to pay. */
export interface PaymentRequest {
  readonly id: string;
  readonly lineId: string;
  readonly installmentId: string | null;
  readonly amountCents: Money;
  readonly requestedBy: string;
  readonly requestedAt: Date;
}

/** What an amount asked or paid on a line is judged on. */
export interface PaidLine {
  readonly grantedCents: Money | null;
  readonly paidCents: Money;
  readonly decidedOn: Day | null;
  readonly decidedAt: Date | null;
}

/**
 * What may still be asked for: what is paid was asked for, be it by no request of ours (an extraction of Chorus tells what others asked for).
 * Never negative, though an amendment may have brought the grant below what was asked.
 */
export function leftToRequest({ grantedCents, paidCents }: PaidLine, requestedCents: Money): Money {
  const asked = requestedCents > paidCents ? requestedCents : paidCents;
  const left = subtract(grantedCents ?? ZERO, asked);
  return left > ZERO ? left : ZERO;
}

/** @param requestedCents asked for so far @throws NotPositive, RequestAboveGrant */
export function assertRequest(line: PaidLine, amountCents: Money, requestedCents: Money): void {
  if (amountCents <= ZERO) throw new NotPositive();
  const left = leftToRequest(line, requestedCents);
  if (amountCents > left) throw new RequestAboveGrant(amountCents, left);
}

/** @throws PaidInFuture, PaidBeforeDecision */
export function assertPaidOn({ decidedOn, decidedAt }: PaidLine, paidOn: Day, today: Day): void {
  if (paidOn > today) throw new PaidInFuture();
  const decided = decidedOn ?? (decidedAt && parisDay(decidedAt));
  if (decided !== null && paidOn < decided) throw new PaidBeforeDecision();
}
