import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FundingLines, type FundingLine } from '../../funding/index.js';
import type { DecidedLine } from '../domain/decided-line.js';
import { assertMayDecide, audited, decidedLine, funderScopes, type LineCommand } from './line-rights.js';
import { RecordedDecisions, type DecidedElsewhere } from './recorded-decisions.js';

export interface RecordDecisionCommand extends LineCommand, DecidedElsewhere {}

/** A funder other than programme 147 writes down what it decided, in one step; an envelope that it keeps here commits the amount. */
@Injectable()
export class RecordDecision {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly decisions: RecordedDecisions,
  ) {}

  /**
   * @throws Programme147NeedsApproval, ActNotAllowed, DecidedInFuture, DecidedTooEarly, ReasonRequired, AmountNotPositive, AmountAboveRequest,
   * WrongEnvelope, EnvelopeExceeded
   */
  execute({ lineId, version, ...decided }: RecordDecisionCommand, actor: Actor): Promise<DecidedLine<FundingLine>> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line } = hand;
      assertMayDecide(hand, actor, 'funding-line.record-decision', funderScopes(hand), version);
      const rule = await this.decisions.ruleFor(tx, actor, [line]);
      const decision = rule(line, decided);
      if (decided.envelopeId !== undefined) await this.lines.assertEnvelope(tx, hand, decided.envelopeId);
      const after = this.lines.carryOut(tx, actor, hand, decision);
      tx.audit('funding-line.decision-recorded', { type: 'funding-line', id: line.id }, audited(line), audited(after));
      return decidedLine(after, hand);
    });
  }
}
