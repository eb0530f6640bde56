import type { Day } from '../../../kernel/day.js';
import { type Money, subtract, ZERO } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import {
  NotPositive,
  PaidBeforeDecision,
  PaidInFuture,
  RequestAboveGrant,
  RequestAlreadyCancelled,
  RequestPaid,
} from './payment.errors.js';

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
  readonly cancelledBy: string | null;
  readonly cancelledAt: Date | null;
  readonly cancellationReason: string | null;
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

/**
 * What is paid of a request. No payment names the request that it settles: they settle them from the oldest on, as the payments of a debtor do
 * (code civil, art. 1342-10).
 * @param earlierCents asked for before it and not cancelled
 */
export function paidOfRequest(amountCents: Money, earlierCents: Money, paidCents: Money): Money {
  const reached = subtract(paidCents, earlierCents);
  if (reached <= ZERO) return ZERO;
  return reached < amountCents ? reached : amountCents;
}

/** It asks for nothing any more: what it asked for may be asked for again. @throws RequestAlreadyCancelled, RequestPaid */
export function cancelRequest(
  request: PaymentRequest,
  by: { readonly cancelledBy: string; readonly cancelledAt: Date; readonly cancellationReason: string },
  on: { readonly earlierCents: Money; readonly paidCents: Money },
): PaymentRequest {
  if (request.cancelledAt !== null) throw new RequestAlreadyCancelled();
  const paid = paidOfRequest(request.amountCents, on.earlierCents, on.paidCents);
  if (paid > ZERO) throw new RequestPaid(paid, request.amountCents);
  return { ...request, ...by };
}

/** @throws PaidInFuture, PaidBeforeDecision */
export function assertPaidOn({ decidedOn, decidedAt }: PaidLine, paidOn: Day, today: Day): void {
  if (paidOn > today) throw new PaidInFuture();
  const decided = decidedOn ?? (decidedAt && parisDay(decidedAt));
  if (decided !== null && paidOn < decided) throw new PaidBeforeDecision();
}
