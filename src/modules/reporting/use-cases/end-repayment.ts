import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, refuseRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { FundingLines, recordRepayment, writeOffRepayment, type Decision, type FundingLine, type LineInHand } from '../../funding/index.js';
import { audited } from '../../programming/index.js';
import { giveUp, leftOf, receive, type Repayment } from '../domain/repayment.js';
import { RepaymentRepository, type RepaymentView } from '../persistence/repayment.repository.js';
import { lineObject, deciderScopes } from './line-rights.js';

interface RepaymentCommand {
  readonly repaymentId: string;
  readonly version: ExpectedVersion;
}

export interface RecordReceiptCommand extends RepaymentCommand {
  readonly amountCents: Money;
  readonly receivedOn: Day;
  readonly reference: string;
}

export type WriteOffCommand = RepaymentCommand & { readonly reason: string };

/** What a funder asked back is received, in one or several parts, or given up: then the line is closed. */
@Injectable()
export class EndRepayment {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly repayments: RepaymentRepository,
  ) {}

  /**
   * The envelope recovers the part received. @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion, RepaymentEnded,
   * RepaymentNotPositive, RepaymentAboveAsked, ReceivedInFuture, ReceiptAlreadyRecorded
   */
  receive({ repaymentId, version, ...received }: RecordReceiptCommand, actor: Actor): Promise<RepaymentView> {
    return this.work.run(actor, async (tx) => {
      const { hand, repayment } = await this.begin(tx, repaymentId, version, actor);
      const after = receive(repayment, received, parisDay(tx.at), tx.at);
      await this.repayments.addReceipt(tx, repaymentId, received, actor.id);
      const decision = recordRepayment(hand.line, received.amountCents, leftOf(after));
      return this.finish(tx, actor, { hand, before: repayment, after, decision, act: 'received' });
    });
  }

  /** @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion, RepaymentEnded, ReasonMissing */
  writeOff({ repaymentId, version, reason }: WriteOffCommand, actor: Actor): Promise<RepaymentView> {
    return this.work.run(actor, async (tx) => {
      const { hand, repayment } = await this.begin(tx, repaymentId, version, actor);
      const after = giveUp(repayment, reason, tx.at);
      return this.finish(tx, actor, { hand, before: repayment, after, decision: writeOffRepayment(hand.line, reason), act: 'written-off' });
    });
  }

  /** The line is locked before its repayment, as by every act on it. */
  private async begin(tx: Tx, id: string, version: ExpectedVersion, actor: Actor): Promise<{ hand: LineInHand; repayment: Repayment }> {
    const hand = await this.lines.lockForInstruction(tx, await this.repayments.lineOf(tx.query, id));
    authorize(actor, 'repayment.read', hand.perimeter);
    authorizeCreation(actor, 'repayment.ask', deciderScopes(hand));
    refuseRecused(actor, hand.line.organisationId);
    const repayment = await this.repayments.get(tx.query, id);
    assertVersion(version, repayment.version);
    return { hand, repayment };
  }

  private finish(
    tx: Tx,
    actor: Actor,
    ended: { hand: LineInHand; before: Repayment; after: Repayment; decision: Decision<FundingLine>; act: 'received' | 'written-off' },
  ): Promise<RepaymentView> {
    const { hand, before, after, decision, act } = ended;
    const line = this.lines.carryOut(tx, actor, hand, decision);
    this.repayments.save(tx, after, actor.id);
    tx.audit(`funding-line.repayment-${act}`, lineObject(line.id), audited(hand.line), { ...audited(line), paidCents: line.paidCents });
    tx.audit(`repayment.${act}`, { type: 'repayment', id: after.id }, before, after);
    return this.repayments.view(tx.query, after.id);
  }
}
