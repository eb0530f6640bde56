import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import type { Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FUNDING_LINE_WORDS, FundingLines } from '../../funding/index.js';
import { assertActOnPayments } from '../domain/payable-states.js';
import { UnknownInstallment } from '../domain/payment.errors.js';
import { assertRequest, type PaymentRequest } from '../domain/payment.js';
import { PaymentRepository } from '../persistence/payment.repository.js';
import { assertMayPay, auditedPaid, unmoved } from './payment-rights.js';

export interface RequestPaymentCommand {
  readonly lineId: string;
  readonly amountCents: Money;
  /** Of the schedule in force; null when it follows none. */
  readonly installmentId: string | null;
}

/** The funder's people ask their accountant to pay: nothing moves until the payment is confirmed. */
@Injectable()
export class RequestPayment {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly payments: PaymentRepository,
  ) {}

  /** @throws NotFound, Forbidden, Recused, ActNotAllowed, UnknownInstallment, NotPositive, RequestAboveGrant */
  execute({ lineId, amountCents, installmentId }: RequestPaymentCommand, actor: Actor): Promise<PaymentRequest> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line } = hand;
      assertMayPay(hand, actor, 'payment.order');
      assertActOnPayments('request-payment', line.state, FUNDING_LINE_WORDS.states[line.state]);
      const schedule = installmentId === null ? [] : await this.payments.scheduleOf(tx.query, lineId);
      if (installmentId !== null && !schedule.some(({ id }) => id === installmentId)) throw new UnknownInstallment();
      assertRequest(line, amountCents, await this.payments.requestedOn(tx.query, lineId));
      const asked = { id: newId(), lineId, installmentId, amountCents, requestedBy: actor.id, requestedAt: tx.at };
      const request: PaymentRequest = { ...asked, cancelledBy: null, cancelledAt: null, cancellationReason: null };
      this.payments.request(tx, request);
      const after = this.lines.carryOut(tx, actor, hand, unmoved(line));
      const object = { type: 'funding-line', id: lineId };
      tx.audit('funding-line.payment-requested', object, auditedPaid(line), { ...auditedPaid(after), request: asked });
      tx.tell('payment.requested.v1', { requestId: request.id, organisationId: line.organisationId });
      return request;
    });
  }
}
