import { Injectable } from '@nestjs/common';
import { ZERO } from '../../../kernel/money.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FUNDING_LINE_WORDS, FundingLines } from '../../funding/index.js';
import { assertActOnPayments } from '../domain/payable-states.js';
import { assertSchedule, type Installment } from '../domain/payment-schedule.js';
import { PaymentRepository } from '../persistence/payment.repository.js';
import { assertMayPay, auditedPaid, unmoved } from './payment-rights.js';

export interface PlanPaymentsCommand {
  readonly lineId: string;
  readonly version: ExpectedVersion;
  readonly installments: readonly Installment[];
}

/** Says when the grant is to be paid, in how many times: the whole of it, to the cent. */
@Injectable()
export class PlanPayments {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly payments: PaymentRepository,
  ) {}

  /** @throws NotFound, Forbidden, Recused, StaleVersion, ActNotAllowed, NotPositive, ScheduleNotTheGrant */
  async execute({ lineId, version, installments }: PlanPaymentsCommand, actor: Actor): Promise<void> {
    await this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line } = hand;
      assertMayPay(hand, actor, 'payment.order');
      assertVersion(version, line.version);
      assertActOnPayments('plan-payments', line.state, FUNDING_LINE_WORDS.states[line.state]);
      assertSchedule(installments, line.grantedCents ?? ZERO);
      const before = await this.payments.scheduleOf(tx.query, lineId);
      this.payments.replaceSchedule(tx, lineId, installments);
      const after = this.lines.carryOut(tx, actor, hand, unmoved(line));
      const object = { type: 'funding-line', id: lineId };
      const [was, is] = [before, installments].map((schedule) => ({ schedule }));
      tx.audit('funding-line.payments-planned', object, { ...auditedPaid(line), ...was }, { ...auditedPaid(after), ...is });
    });
  }
}
