import { Injectable } from '@nestjs/common';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FundingLines, refuse, type FundingLine } from '../../funding/index.js';
import type { DecidedLine } from '../domain/decided-line.js';
import { DossierNotAdmissible } from '../domain/programming.errors.js';
import { assertMayDecide, audited, decidedLine, stateScopes, type LineCommand } from './line-rights.js';

export interface RefuseLineCommand extends LineCommand {
  readonly reason: string;
}

/** The State refuses a line of programme 147; what was reserved for it goes back to the envelope. */
@Injectable()
export class RefuseLine {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
  ) {}

  /** @throws NotProgramme147, ActNotAllowed, ReasonRequired, DossierNotAdmissible */
  execute({ lineId, version, reason }: RefuseLineCommand, actor: Actor): Promise<DecidedLine<FundingLine>> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line, dossier } = hand;
      assertMayDecide(hand, actor, 'funding-line.refuse', stateScopes(hand), version);
      const decision = refuse(line, { reason, deciderId: actor.id, today: parisDay(tx.at) });
      if (dossier.state !== 'admissible') throw new DossierNotAdmissible(dossier.number);
      const after = this.lines.carryOut(tx, actor, hand, decision);
      tx.audit('funding-line.refused', { type: 'funding-line', id: line.id }, audited(line), audited(after));
      return decidedLine(after, hand);
    });
  }
}
