import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Calls } from '../../calls/index.js';
import { earliestDecision, FundingLines, recordDecision, type FundingLine } from '../../funding/index.js';
import type { DecidedLine } from '../domain/decided-line.js';
import { assertMayDecide, audited, decidedLine, funderScopes, type LineCommand } from './line-rights.js';

export interface RecordDecisionCommand extends LineCommand {
  /** 0 for a refusal. */
  readonly amountCents: Money;
  readonly decisionReference: string;
  readonly decidedOn: Day;
  readonly reason?: string;
  readonly envelopeId?: string;
}

/** A funder other than programme 147 writes down what it decided, in one step; an envelope that it keeps here commits the amount. */
@Injectable()
export class RecordDecision {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly calls: Calls,
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
      const call = await this.calls.byId(tx.query, line.callId);
      if (!call) throw new Error('a funding line is of a call');
      const earliest = earliestDecision(parisDay(call.opensAt));
      const decision = recordDecision(line, { ...decided, recorderId: actor.id, today: parisDay(tx.at), earliest });
      if (decided.envelopeId !== undefined) await this.lines.assertEnvelope(tx, hand, decided.envelopeId);
      const after = this.lines.carryOut(tx, actor, hand, decision);
      tx.audit('funding-line.decision-recorded', { type: 'funding-line', id: line.id }, audited(line), audited(after));
      return decidedLine(after, hand);
    });
  }
}
