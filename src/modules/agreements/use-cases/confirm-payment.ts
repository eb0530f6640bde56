import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { newId } from '../../../kernel/id.js';
import type { Money } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FundingLines, pay } from '../../funding/index.js';
import { assertPaidOn, type Payment } from '../domain/payment.js';
import { PaymentRepository } from '../persistence/payment.repository.js';
import { assertMayPay, auditedPaid } from './payment-rights.js';

export interface ConfirmPaymentCommand {
  readonly lineId: string;
  readonly amountCents: Money;
  readonly paidOn: Day;
  readonly reference: string;
}

/** A payment with the version of its line after the act. */
export interface PaymentOnLine extends Payment {
  readonly lineVersion: number;
}

/** The funder's people say that money was paid: the line and its envelope count it. */
@Injectable()
export class ConfirmPayment {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly payments: PaymentRepository,
  ) {}

  /** @throws NotFound, Forbidden, Recused, ActNotAllowed, AmountNotPositive, PaymentAboveGrant, PaidInFuture, PaidBeforeDecision */
  execute({ lineId, amountCents, paidOn, reference }: ConfirmPaymentCommand, actor: Actor): Promise<PaymentOnLine> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line } = hand;
      assertMayPay(hand, actor, 'payment.confirm');
      const decision = pay(line, amountCents);
      assertPaidOn(line, paidOn, parisDay(tx.at));
      const said = { amountCents, paidOn, reference, source: 'hand' } as const;
      const live = { reversedBy: null, reversedAt: null, reversalReason: null };
      const payment: Payment = { id: newId(), lineId, ...said, confirmedBy: actor.id, confirmedAt: tx.at, ...live };
      this.payments.add(tx, [payment]);
      const after = this.lines.carryOut(tx, actor, hand, decision);
      const object = { type: 'funding-line', id: lineId };
      tx.audit('funding-line.paid', object, auditedPaid(line), { ...auditedPaid(after), payment: { id: payment.id, ...said } });
      tx.tell('payments.made.v1', { organisationId: line.organisationId, paymentIds: [payment.id] });
      return { ...payment, lineVersion: after.version };
    });
  }
}
