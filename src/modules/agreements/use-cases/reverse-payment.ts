import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FundingLines, reversePayment } from '../../funding/index.js';
import { AlreadyReversed } from '../domain/payment.errors.js';
import { PaymentRepository } from '../persistence/payment.repository.js';
import type { PaymentOnLine } from './confirm-payment.js';
import { assertMayPay, auditedPaid } from './payment-rights.js';

export interface ReversePaymentCommand {
  readonly paymentId: string;
  /** Of the line. */
  readonly version: ExpectedVersion;
  readonly reason: string;
}

/** Undoes a payment confirmed by mistake, once, by a movement the other way. */
@Injectable()
export class ReversePayment {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly payments: PaymentRepository,
  ) {}

  /** @throws NotFound, Forbidden, Recused, StaleVersion, AlreadyReversed, ActNotAllowed, ReasonRequired, NothingToReverse */
  execute({ paymentId, version, reason }: ReversePaymentCommand, actor: Actor): Promise<PaymentOnLine> {
    return this.work.run(actor, async (tx) => {
      const { lineId } = await this.payments.find(tx.query, paymentId);
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line } = hand;
      assertMayPay(hand, actor, 'payment.confirm');
      assertVersion(version, line.version);
      // Read again: only under the line's lock does it say the last word.
      const payment = await this.payments.find(tx.query, paymentId);
      if (payment.reversedAt !== null) throw new AlreadyReversed();
      const decision = reversePayment(line, payment.amountCents, reason);
      this.payments.reverse(tx, [paymentId], actor.id, reason);
      const after = this.lines.carryOut(tx, actor, hand, decision);
      const object = { type: 'funding-line', id: lineId };
      tx.audit('funding-line.payment-reversed', object, auditedPaid(line), { ...auditedPaid(after), payment: { id: paymentId, reason } });
      tx.tell('payments.reversed.v1', { organisationId: line.organisationId, paymentIds: [paymentId] });
      return { ...payment, reversedBy: actor.id, reversedAt: tx.at, reversalReason: reason, lineVersion: after.version };
    });
  }
}
