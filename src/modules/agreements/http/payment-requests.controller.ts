import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { CancelPaymentRequest } from '../use-cases/cancel-payment-request.js';
import { PaymentReasonRequest } from './payment.requests.js';
import { RequestOnLineResponse, toRequestOnLineResponse } from './payment.responses.js';

@ApiTags('Paiements')
@Controller('v1/payment-requests')
export class PaymentRequestsController {
  constructor(private readonly cancelPaymentRequest: CancelPaymentRequest) {}

  @Act(':id/cancel', {
    summary: 'Annuler une demande de versement qui n’est pas payée',
    description:
      'If-Match porte la version de la ligne. Les versements règlent les demandes de la plus ancienne à la plus récente ; ce que celle-ci demandait peut être demandé de nouveau.',
    permission: 'payment.order',
    answers: RequestOnLineResponse,
    refusals: { 403: ['RECUSED'], 409: ['ACT_NOT_ALLOWED', 'PAYMENT_REQUEST_CANCELLED', 'PAYMENT_REQUEST_PAID'] },
  })
  cancel(
    @Id() requestId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { reason }: PaymentReasonRequest,
    @Me() actor: Actor,
  ): Promise<RequestOnLineResponse> {
    return this.cancelPaymentRequest.execute({ requestId, version, reason }, actor).then(toRequestOnLineResponse);
  }
}
