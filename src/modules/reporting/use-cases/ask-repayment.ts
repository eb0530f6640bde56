import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { advance, FundingLines } from '../../funding/index.js';
import { assertMayDecide, audited, type LineCommand } from '../../programming/index.js';
import { assertAsked } from '../domain/repayment.js';
import { RepaymentRepository, type RepaymentView } from '../persistence/repayment.repository.js';
import { lineObject, deciderScopes } from './line-rights.js';

export interface AskRepaymentCommand extends LineCommand {
  readonly amountCents: Money;
  readonly reason: string;
  readonly dueOn: Day;
  readonly titleReference: string | null;
}

/** A funder asks back what it paid: of a report it accepted, or of an action that was not carried out. */
@Injectable()
export class AskRepayment {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly repayments: RepaymentRepository,
  ) {}

  /** @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion, ActNotAllowed, RepaymentNotPositive, RepaymentMoreThanPaid, RepaymentDueInPast */
  execute({ lineId, version, ...asked }: AskRepaymentCommand, actor: Actor): Promise<RepaymentView> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      assertMayDecide(hand, actor, 'repayment.ask', deciderScopes(hand), version);
      const decision = advance(hand.line, 'ask-repayment');
      assertAsked(asked, hand.line.paidCents, parisDay(tx.at));
      const line = this.lines.carryOut(tx, actor, hand, decision);
      const id = this.repayments.add(tx, { ...asked, fundingLineId: lineId, askedBy: actor.id });
      tx.audit('funding-line.repayment-asked', lineObject(lineId), audited(hand.line), { ...audited(line), repaymentId: id });
      tx.audit('repayment.asked', { type: 'repayment', id }, null, { fundingLineId: lineId, ...asked });
      tx.tell('repayment.asked.v1', { repaymentId: id, organisationId: hand.line.organisationId });
      return this.repayments.view(tx.query, id);
    });
  }
}
