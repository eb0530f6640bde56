import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { close, FundingLines, type FundingLine } from '../../funding/index.js';
import { assertMayDecide, audited, type LineCommand } from '../../programming/index.js';
import { RepaymentStillDue } from '../domain/report.errors.js';
import { proposeRepayment } from '../domain/unspent.js';
import { ReviewRepository } from '../persistence/review.repository.js';
import { lineObject, deciderScopes } from './line-rights.js';

/** Nothing is due of a line any more, neither way: what was granted and not paid goes back to its envelope. */
@Injectable()
export class CloseLine {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly reviews: ReviewRepository,
  ) {}

  /** @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion, ActNotAllowed, RepaymentStillDue */
  execute({ lineId, version }: LineCommand, actor: Actor): Promise<FundingLine> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      assertMayDecide(hand, actor, 'funding-line.close', deciderScopes(hand), version);
      const decision = close(hand.line);
      const due = await this.dueOf(tx, hand.line);
      if (due > 0n) throw new RepaymentStillDue(due);
      const after = this.lines.carryOut(tx, actor, hand, decision);
      tx.audit('funding-line.closed', lineObject(lineId), audited(hand.line), audited(after));
      return after;
    });
  }

  /** All that was paid of what was not carried out; else what a final report leaves unspent. An interim one leaves it to the years that follow. */
  private async dueOf(tx: Tx, line: FundingLine): Promise<bigint> {
    if (line.state === 'not-carried-out') return line.paidCents;
    const accepted = await this.reviews.accepted(tx.query, line.id);
    return accepted?.isFinal === true ? proposeRepayment(accepted.settlement, line.paidCents).repaymentCents : 0n;
  }
}
