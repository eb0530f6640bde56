import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FUNDING_LINE_WORDS, FundingLines } from '../../funding/index.js';
import { assertActOnPayments } from '../domain/payable-states.js';
import { cancelRequest, type PaymentRequest } from '../domain/payment.js';
import { PaymentRepository } from '../persistence/payment.repository.js';
import { assertMayPay, auditedPaid, unmoved } from './payment-rights.js';

export interface CancelPaymentRequestCommand {
  readonly requestId: string;
  /** Of the line. */
  readonly version: ExpectedVersion;
  readonly reason: string;
}

/** A request with the version of its line after the act. */
export interface RequestOnLine extends PaymentRequest {
  readonly lineVersion: number;
}

/** The accountant is no more to pay it. A request held nothing of the envelope, so that no money moves: what it asked for may be asked for again. */
@Injectable()
export class CancelPaymentRequest {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly payments: PaymentRepository,
  ) {}

  /** @throws NotFound, Forbidden, Recused, StaleVersion, ActNotAllowed, RequestAlreadyCancelled, RequestPaid */
  execute({ requestId, version, reason }: CancelPaymentRequestCommand, actor: Actor): Promise<RequestOnLine> {
    return this.work.run(actor, async (tx) => {
      const { lineId } = await this.payments.findRequest(tx.query, requestId);
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line } = hand;
      assertMayPay(hand, actor, 'payment.order');
      assertVersion(version, line.version);
      assertActOnPayments('cancel-request', line.state, FUNDING_LINE_WORDS.states[line.state]);
      // Read again: only under the line's lock does it say the last word.
      const request = await this.payments.findRequest(tx.query, requestId);
      const earlierCents = await this.payments.requestedOn(tx.query, lineId, requestId);
      const by = { cancelledBy: actor.id, cancelledAt: tx.at, cancellationReason: reason };
      const cancelled = cancelRequest(request, by, { earlierCents, paidCents: line.paidCents });
      this.payments.cancelRequest(tx, cancelled);
      const after = this.lines.carryOut(tx, actor, hand, unmoved(line));
      const said = { id: requestId, amountCents: request.amountCents };
      const object = { type: 'funding-line', id: lineId };
      tx.audit('funding-line.payment-request-cancelled', object, auditedPaid(line), { ...auditedPaid(after), reason, request: said });
      tx.tell('payment.request-cancelled.v1', { requestId, organisationId: line.organisationId });
      return { ...cancelled, lineVersion: after.version };
    });
  }
}
