import { Module } from '@nestjs/common';
import { FundingModule } from '../funding/index.js';
import { PaymentsController } from './http/payments.controller.js';
import { PayableLineReader } from './persistence/payable-line.reader.js';
import { PaymentRepository } from './persistence/payment.repository.js';
import { ConfirmPayment } from './use-cases/confirm-payment.js';
import { PaymentQueries } from './use-cases/payment.queries.js';
import { PlanPayments } from './use-cases/plan-payments.js';
import { RequestPayment } from './use-cases/request-payment.js';
import { ReversePayment } from './use-cases/reverse-payment.js';
import { SetEjNumber } from './use-cases/set-ej-number.js';

@Module({
  imports: [FundingModule],
  controllers: [PaymentsController],
  providers: [
    ...[PaymentRepository, PayableLineReader, PaymentQueries],
    ...[SetEjNumber, PlanPayments, RequestPayment, ConfirmPayment, ReversePayment],
  ],
  exports: [],
})
export class AgreementsModule {}
