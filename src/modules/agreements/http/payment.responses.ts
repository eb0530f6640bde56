import { toJson } from '../../../kernel/money.js';
import { CalendarDay, Cents, Flag, Instant, NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { PAYMENT_CONDITIONS } from '../domain/payment-schedule.js';
import type { Payment, PaymentRequest } from '../domain/payment.js';
import type { RequestOnLine } from '../use-cases/cancel-payment-request.js';
import type { PaymentOnLine } from '../use-cases/confirm-payment.js';
import type { PaymentProgress } from '../use-cases/payment.queries.js';

const VERSION = { min: 1, max: 2_147_483_647 } as const;

export class EjNumberResponse {
  @Uuid() id!: string;
  @WholeNumber({ ...VERSION, description: 'Version de la ligne' }) version!: number;
  @Text({ max: 10 }) ejNumber!: string;
}

export class InstallmentResponse {
  @Uuid({ nullable: true, description: 'Absent de l’échéancier par défaut' }) id!: string | null;
  @Text({ max: 200 }) label!: string;
  @Cents() amountCents!: number;
  @CalendarDay() dueOn!: string;
  @OneOf(PAYMENT_CONDITIONS) condition!: string;
}

export class PaymentRequestResponse {
  @Uuid() id!: string;
  @Uuid({ nullable: true }) installmentId!: string | null;
  @Cents() amountCents!: number;
  @Uuid() requestedBy!: string;
  @Instant() requestedAt!: string;
  @Instant({ nullable: true }) cancelledAt!: string | null;
  @Text({ max: 2000, nullable: true }) cancellationReason!: string | null;
}

export class RequestOnLineResponse extends PaymentRequestResponse {
  @WholeNumber({ ...VERSION, description: 'Version de la ligne après cet acte' }) version!: number;
}

export class PaymentResponse {
  @Uuid() id!: string;
  @Uuid() fundingLineId!: string;
  @Cents() amountCents!: number;
  @CalendarDay() paidOn!: string;
  @Text({ max: 200 }) reference!: string;
  @OneOf(['hand', 'chorus'], { description: 'Confirmé par une personne, ou par une extraction Chorus' }) source!: string;
  @Instant() confirmedAt!: string;
  @Instant({ nullable: true }) reversedAt!: string | null;
  @Text({ max: 2000, nullable: true }) reversalReason!: string | null;
}

export class PaymentOnLineResponse extends PaymentResponse {
  @WholeNumber({ ...VERSION, description: 'Version de la ligne après cet acte' }) version!: number;
}

export class PaymentsResponse {
  @Uuid() fundingLineId!: string;
  @WholeNumber({ ...VERSION, nullable: true, description: 'Version de la ligne ; absente pour sa structure' }) version!: number | null;
  @Text({ max: 50, description: 'Pour la structure : l’état public ; pour qui instruit ou décide : l’état interne' }) status!: string;
  @Text({ max: 100 }) statusLabel!: string;
  @Text({ max: 10, nullable: true, description: 'Engagement juridique ; absent pour la structure' }) ejNumber!: string | null;
  @Cents({ nullable: true, description: 'Absent tant que la décision n’est pas annoncée' }) grantedCents!: number | null;
  @Cents() paidCents!: number;
  @Cents({ nullable: true, min: -99_999_999_999_999, description: 'Accordé et pas payé' }) leftCents!: number | null;
  @Instant({ nullable: true, description: 'Quand l’acte signé est parvenu à la structure' }) notifiedAt!: string | null;
  @CalendarDay({ nullable: true, description: 'Jour du prochain versement ; à défaut d’échéancier, 60 jours après la notification' })
  dueOn!: string | null;
  @Flag({ description: 'Ce jour est passé' }) isLate!: boolean;
  @NestedList(() => InstallmentResponse, { max: 20 }) installments!: InstallmentResponse[];
  @NestedList(() => PaymentRequestResponse, { max: 1000 }) requests!: PaymentRequestResponse[];
  @NestedList(() => PaymentResponse, { max: 1000 }) payments!: PaymentResponse[];
}

export const toPaymentRequestResponse = ({
  id,
  installmentId,
  amountCents,
  requestedBy,
  requestedAt,
  cancelledAt,
  cancellationReason,
}: PaymentRequest): PaymentRequestResponse => ({
  ...{ id, installmentId, requestedBy },
  amountCents: toJson(amountCents),
  requestedAt: requestedAt.toISOString(),
  cancelledAt: cancelledAt?.toISOString() ?? null,
  cancellationReason,
});

export const toRequestOnLineResponse = ({ lineVersion, ...request }: RequestOnLine): RequestOnLineResponse => ({
  ...toPaymentRequestResponse(request),
  version: lineVersion,
});

const toPaymentResponse = (payment: Payment): PaymentResponse => ({
  id: payment.id,
  fundingLineId: payment.lineId,
  amountCents: toJson(payment.amountCents),
  paidOn: payment.paidOn,
  reference: payment.reference,
  source: payment.source,
  confirmedAt: payment.confirmedAt.toISOString(),
  reversedAt: payment.reversedAt?.toISOString() ?? null,
  reversalReason: payment.reversalReason,
});

export const toPaymentOnLineResponse = ({ lineVersion, ...payment }: PaymentOnLine): PaymentOnLineResponse => ({
  ...toPaymentResponse(payment),
  version: lineVersion,
});

export const toPaymentsResponse = (progress: PaymentProgress): PaymentsResponse => ({
  ...progress,
  grantedCents: progress.grantedCents === null ? null : toJson(progress.grantedCents),
  paidCents: toJson(progress.paidCents),
  leftCents: progress.leftCents === null ? null : toJson(progress.leftCents),
  notifiedAt: progress.notifiedAt?.toISOString() ?? null,
  installments: progress.installments.map(({ id, label, amountCents, dueOn, condition }) => ({
    ...{ id, label, dueOn, condition },
    amountCents: toJson(amountCents),
  })),
  requests: progress.requests.map(toPaymentRequestResponse),
  payments: progress.payments.map(toPaymentResponse),
});
