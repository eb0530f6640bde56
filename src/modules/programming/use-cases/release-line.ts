import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { decommit, FundingLines, reconsider, release, type Decision, type FundingLine } from '../../funding/index.js';
import { assertMayDecide, audited, funderScopes, stateScopes, type LineCommand } from './line-rights.js';

export interface ReleaseLineCommand extends LineCommand {
  readonly reason: string;
}

/**
 * Comes back on a proposal, or on a decision that nobody was told yet; the credit goes back to the envelope. By those who decide on the line:
 * the State on programme 147, any other funder on its own.
 */
@Injectable()
export class ReleaseLine {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
  ) {}

  /** @throws ActNotAllowed, ReasonRequired */
  execute({ lineId, version, reason }: ReleaseLineCommand, actor: Actor): Promise<FundingLine> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line } = hand;
      assertMayDecide(hand, actor, 'funding-line.release', line.isProgramme147 ? stateScopes(hand) : funderScopes(hand), version);
      const after = await this.lines.carryOut(tx, actor, line, stepBack(line, reason));
      tx.audit('funding-line.released', { type: 'funding-line', id: line.id }, audited(line), audited(after));
      return after;
    });
  }
}

function stepBack(line: FundingLine, reason: string): Decision<FundingLine> {
  if (line.state === 'approved') return decommit(line, reason);
  if (line.state === 'refused') return reconsider(line, reason);
  return release(line, reason);
}
