import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cents } from '../../../kernel/money.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Create, Read, Replace } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { ConfirmPayment } from '../use-cases/confirm-payment.js';
import { PaymentQueries } from '../use-cases/payment.queries.js';
import { PlanPayments } from '../use-cases/plan-payments.js';
import { RequestPayment } from '../use-cases/request-payment.js';
import { ReversePayment } from '../use-cases/reverse-payment.js';
import { SetEjNumber } from '../use-cases/set-ej-number.js';
import {
  ConfirmPaymentRequest,
  PaymentReasonRequest,
  PlanPaymentsRequest,
  RequestPaymentRequest,
  SetEjNumberRequest,
} from './payment.requests.js';
import {
  EjNumberResponse,
  PaymentOnLineResponse,
  PaymentRequestResponse,
  PaymentsResponse,
  toPaymentOnLineResponse,
  toPaymentRequestResponse,
  toPaymentsResponse,
} from './payment.responses.js';

const RECUSED = { 403: ['RECUSED'] } as const;

@ApiTags('Paiements')
@Controller('v1')
export class PaymentsController {
  constructor(
    private readonly setEjNumber: SetEjNumber,
    private readonly planPayments: PlanPayments,
    private readonly requestPayment: RequestPayment,
    private readonly confirmPayment: ConfirmPayment,
    private readonly reversePayment: ReversePayment,
    private readonly queries: PaymentQueries,
  ) {}

  @Act('funding-lines/:id/ej-number', {
    summary: 'Saisir le numéro d’engagement juridique (EJ) d’une ligne accordée',
    permission: 'payment.order',
    answers: EjNumberResponse,
    refusals: { ...RECUSED, 409: ['ACT_NOT_ALLOWED'] },
  })
  setEj(
    @Id() lineId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { ejNumber }: SetEjNumberRequest,
    @Me() actor: Actor,
  ): Promise<EjNumberResponse> {
    return this.setEjNumber
      .execute({ lineId, version, ejNumber }, actor)
      .then((line) => ({ id: line.id, version: line.version, ejNumber }));
  }

  @Replace('funding-lines/:id/payment-schedule', {
    summary: 'Prévoir les versements d’une subvention',
    description:
      'Remplace l’échéancier en entier ; son total est le montant accordé. Sans échéancier : un versement, 60 jours après la notification.',
    permission: 'payment.order',
    answers: PaymentsResponse,
    refusals: { ...RECUSED, 409: ['ACT_NOT_ALLOWED'], 422: ['AMOUNT_NOT_POSITIVE', 'SCHEDULE_NOT_THE_GRANT'] },
  })
  async plan(
    @Id() lineId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: PlanPaymentsRequest,
    @Me() actor: Actor,
  ): Promise<PaymentsResponse> {
    const installments = body.installments.map(({ condition = 'date', amountCents, label, dueOn }) => ({
      ...{ label, dueOn, condition },
      amountCents: cents(amountCents),
    }));
    await this.planPayments.execute({ lineId, version, installments }, actor);
    return this.queries.ofLine(lineId, actor).then(toPaymentsResponse);
  }

  @Read('funding-lines/:id/payments', {
    summary: 'Suivre le paiement d’une subvention',
    permission: 'payment.read',
    answers: PaymentsResponse,
  })
  get(@Id() lineId: string, @Me() actor: Actor): Promise<PaymentsResponse> {
    return this.queries.ofLine(lineId, actor).then(toPaymentsResponse);
  }

  @Create('funding-lines/:id/payment-requests', {
    summary: 'Demander au comptable un versement',
    permission: 'payment.order',
    answers: PaymentRequestResponse,
    refusals: { ...RECUSED, 409: ['ACT_NOT_ALLOWED', 'REQUEST_ABOVE_GRANT'], 422: ['AMOUNT_NOT_POSITIVE', 'UNKNOWN_INSTALLMENT'] },
  })
  request(@Id() lineId: string, @Body() body: RequestPaymentRequest, @Me() actor: Actor): Promise<PaymentRequestResponse> {
    const { amountCents, installmentId = null } = body;
    return this.requestPayment.execute({ lineId, amountCents: cents(amountCents), installmentId }, actor).then(toPaymentRequestResponse);
  }

  @Create('funding-lines/:id/payments', {
    summary: 'Confirmer un versement fait',
    permission: 'payment.confirm',
    answers: PaymentOnLineResponse,
    refusals: {
      ...RECUSED,
      409: ['ACT_NOT_ALLOWED', 'AMOUNT_ABOVE_REQUEST', 'PAYMENT_ABOVE_GRANT'],
      422: ['AMOUNT_NOT_POSITIVE', 'PAID_IN_FUTURE', 'PAID_BEFORE_DECISION'],
    },
  })
  confirm(@Id() lineId: string, @Body() body: ConfirmPaymentRequest, @Me() actor: Actor): Promise<PaymentOnLineResponse> {
    return this.confirmPayment.execute({ lineId, ...body, amountCents: cents(body.amountCents) }, actor).then(toPaymentOnLineResponse);
  }

  @Act('payments/:id/reverse', {
    summary: 'Annuler un versement confirmé par erreur, par un mouvement contraire',
    description: 'If-Match porte la version de la ligne.',
    permission: 'payment.confirm',
    answers: PaymentOnLineResponse,
    refusals: { ...RECUSED, 409: ['ACT_NOT_ALLOWED', 'PAYMENT_ALREADY_REVERSED', 'REVERSAL_ABOVE_PAID'], 422: ['REASON_REQUIRED'] },
  })
  reverse(
    @Id() paymentId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { reason }: PaymentReasonRequest,
    @Me() actor: Actor,
  ): Promise<PaymentOnLineResponse> {
    return this.reversePayment.execute({ paymentId, version, reason }, actor).then(toPaymentOnLineResponse);
  }
}
