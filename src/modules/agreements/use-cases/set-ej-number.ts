import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FUNDING_LINE_WORDS, FundingLines, type FundingLine } from '../../funding/index.js';
import { assertActOnPayments } from '../domain/payable-states.js';
import { assertMayPay, auditedPaid, unmoved } from './payment-rights.js';

export interface SetEjNumberCommand {
  readonly lineId: string;
  readonly version: ExpectedVersion;
  /** 10 characters, capitals or digits. */
  readonly ejNumber: string;
}

/** Names the legal commitment of a line in Chorus, or corrects it: payments are then matched by it. */
@Injectable()
export class SetEjNumber {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
  ) {}

  /** @throws NotFound, Forbidden, Recused, StaleVersion, ActNotAllowed */
  execute({ lineId, version, ejNumber }: SetEjNumberCommand, actor: Actor): Promise<FundingLine> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line } = hand;
      assertMayPay(hand, actor, 'payment.order');
      assertVersion(version, line.version);
      assertActOnPayments('set-ej-number', line.state, FUNDING_LINE_WORDS.states[line.state]);
      const after = this.lines.carryOut(tx, actor, hand, unmoved({ ...line, ejNumber }));
      tx.audit('funding-line.ej-number-set', { type: 'funding-line', id: lineId }, auditedPaid(line), auditedPaid(after));
      return after;
    });
  }
}
