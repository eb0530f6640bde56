import { CalendarDay, Cents, NestedList, OneOf, Text, Uuid } from '../../../platform/http/fields.js';
import { PAYMENT_CONDITIONS, type PaymentCondition } from '../domain/payment-schedule.js';

export class SetEjNumberRequest {
  @Text({
    max: 10,
    min: 10,
    pattern: /^[A-Z0-9]{10}$/,
    patternMessage: 'compte exactement 10 capitales ou chiffres',
    example: '2103456789',
  })
  ejNumber!: string;
}

export class InstallmentRequest {
  @Text({ max: 200, example: 'Avance' }) label!: string;
  @Cents() amountCents!: number;
  @CalendarDay() dueOn!: string;
  @OneOf(PAYMENT_CONDITIONS, { optional: true, description: 'Ce que le versement attend, outre sa date ; par défaut, rien' })
  condition?: PaymentCondition;
}

export class PlanPaymentsRequest {
  @NestedList(() => InstallmentRequest, { max: 20, min: 1 }) installments!: InstallmentRequest[];
}

export class RequestPaymentRequest {
  @Cents() amountCents!: number;
  @Uuid({ optional: true, description: 'Échéance de l’échéancier en vigueur' }) installmentId?: string;
}

export class ConfirmPaymentRequest {
  @Cents() amountCents!: number;
  @CalendarDay() paidOn!: string;
  @Text({ max: 200, example: 'DP 100234567' }) reference!: string;
}

export class PaymentReasonRequest {
  @Text({ max: 2000 }) reason!: string;
}
