import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FundingLines, propose, type FundingLine } from '../../funding/index.js';
import type { DecidedLine } from '../domain/decided-line.js';
import { DossierNotAdmissible } from '../domain/programming.errors.js';
import { assertMayDecide, audited, decidedLine, stateScopes, type LineCommand } from './line-rights.js';

export interface ProposeLineCommand extends LineCommand {
  readonly amountCents: Money;
  readonly envelopeId: string;
}

/** A delegate or the prefecture proposes an amount of programme 147, which the envelope reserves. Proposing again amends it. */
@Injectable()
export class ProposeLine {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
  ) {}

  /** @throws NotProgramme147, ActNotAllowed, AmountNotPositive, AmountAboveRequest, DossierNotAdmissible, WrongEnvelope, EnvelopeExceeded */
  execute({ lineId, version, amountCents, envelopeId }: ProposeLineCommand, actor: Actor): Promise<DecidedLine<FundingLine>> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line, dossier } = hand;
      assertMayDecide(hand, actor, 'funding-line.propose', stateScopes(hand), version);
      const decision = propose(line, { amountCents, envelopeId, proposerId: actor.id });
      if (dossier.state !== 'admissible') throw new DossierNotAdmissible(dossier.number);
      await this.lines.assertEnvelope(tx, hand, envelopeId);
      const after = this.lines.carryOut(tx, actor, hand, decision);
      tx.audit('funding-line.proposed', { type: 'funding-line', id: line.id }, audited(line), audited(after));
      return decidedLine(after, hand);
    });
  }
}
