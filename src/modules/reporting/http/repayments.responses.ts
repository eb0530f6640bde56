import { toJson } from '../../../kernel/money.js';
import { CalendarDay, Cents, Instant, NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { REPAYMENT_STATES } from '../domain/repayment.js';
import type { RepaymentView } from '../use-cases/repayment.queries.js';
import { YEAR } from './reports.requests.js';

export class ReceiptResponse {
  @Cents() amountCents!: number;
  @CalendarDay() receivedOn!: string;
  @Text({ max: 200 }) reference!: string;
}

export class RepaymentResponse {
  @Uuid() id!: string;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
  @OneOf(REPAYMENT_STATES) status!: string;
  @Uuid() fundingLineId!: string;
  @Uuid() actionId!: string;
  @Text({ max: 300 }) actionTitle!: string;
  @Uuid() dossierId!: string;
  @Uuid() organisationId!: string;
  @Uuid() funderId!: string;
  @Text({ max: 300 }) funderName!: string;
  @WholeNumber(YEAR) year!: number;
  @Cents({ description: 'Demandé' }) amountCents!: number;
  @Cents({ description: 'Reçu' }) receivedCents!: number;
  @Cents({ description: 'Encore attendu ; zéro une fois abandonné' }) leftCents!: number;
  @Text({ max: 2000 }) reason!: string;
  @CalendarDay() dueOn!: string;
  @Text({ max: 200, nullable: true }) titleReference!: string | null;
  @Instant() askedAt!: string;
  @Text({ max: 2000, nullable: true }) writeOffReason!: string | null;
  @Instant({ nullable: true }) endedAt!: string | null;
  @NestedList(() => ReceiptResponse, { max: 1000 }) receipts!: readonly ReceiptResponse[];
}

export function toRepaymentResponse(repayment: RepaymentView): RepaymentResponse {
  const { id, version, fundingLineId, actionId, actionTitle, dossierId, organisationId, funderId, funderName, year } = repayment;
  const { state, amountCents, receivedCents, reason, dueOn, titleReference, askedAt, writeOffReason, endedAt, receipts } = repayment;
  return {
    ...{ id, version, status: state, fundingLineId, actionId, actionTitle, dossierId, organisationId, funderId, funderName, year },
    amountCents: toJson(amountCents),
    receivedCents: toJson(receivedCents),
    leftCents: state === 'asked' ? toJson(amountCents - receivedCents) : 0,
    ...{ reason, dueOn, titleReference, writeOffReason, receipts },
    askedAt: askedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
