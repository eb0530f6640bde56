import { ChorusImportsController } from './http/chorus-imports.controller.js';
import { PaymentRequestsController } from './http/payment-requests.controller.js';
import { PaymentsController } from './http/payments.controller.js';
import { ChorusImportsJob } from './jobs/chorus-imports.job.js';
import { ChorusImportRepository } from './persistence/chorus-import.repository.js';
import { ChorusRowRepository } from './persistence/chorus-row.repository.js';
import { PayableLineReader } from './persistence/payable-line.reader.js';
import { PaymentRepository } from './persistence/payment.repository.js';
import { ApplyChorusImport } from './use-cases/apply-chorus-import.js';
import { AskChorusImport } from './use-cases/ask-chorus-import.js';
import { AskChorusReversal } from './use-cases/ask-chorus-reversal.js';
import { CancelPaymentRequest } from './use-cases/cancel-payment-request.js';
import { ChorusBatches } from './use-cases/chorus-batches.js';
import { ChorusImportQueries } from './use-cases/chorus-import.queries.js';
import { ConfirmChorusImport } from './use-cases/confirm-chorus-import.js';
import { ConfirmPayment } from './use-cases/confirm-payment.js';
import { PaymentQueries } from './use-cases/payment.queries.js';
import { PlanPayments } from './use-cases/plan-payments.js';
import { PreviewChorusImport } from './use-cases/preview-chorus-import.js';
import { RequestPayment } from './use-cases/request-payment.js';
import { ResolveChorusRow } from './use-cases/resolve-chorus-row.js';
import { ReverseChorusImport } from './use-cases/reverse-chorus-import.js';
import { ReversePayment } from './use-cases/reverse-payment.js';
import { SetEjNumber } from './use-cases/set-ej-number.js';

/** Payments, by hand or by an extraction of Chorus. */
export const PAYMENTS = {
  controllers: [PaymentsController, PaymentRequestsController, ChorusImportsController],
  providers: [
    ...[PaymentRepository, PayableLineReader, PaymentQueries],
    ...[SetEjNumber, PlanPayments, RequestPayment, CancelPaymentRequest, ConfirmPayment, ReversePayment],
    ...[ChorusImportRepository, ChorusRowRepository, ChorusImportQueries, AskChorusImport, ConfirmChorusImport, AskChorusReversal],
    ...[ChorusBatches, ResolveChorusRow, PreviewChorusImport, ApplyChorusImport, ReverseChorusImport, ChorusImportsJob],
  ],
};
