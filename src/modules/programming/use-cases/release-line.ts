import { Injectable } from '@nestjs/common';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor, Role } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import {
  decommit,
  FundingLines,
  reconsider,
  release,
  undoApproval,
  type Decision,
  type FundingLine,
  type LineInHand,
} from '../../funding/index.js';
import type { DecidedLine } from '../domain/decided-line.js';
import { ApprovalAuthority } from './approval-authority.js';
import { assertMayDecide, audited, decidedLine, funderScopes, stateScopes, type LineCommand } from './line-rights.js';

export interface ReleaseLineCommand extends LineCommand {
  readonly reason: string;
}

/**
 * Comes back on a proposal, or on a decision that nobody was told yet; the credit goes back to the envelope. By those who decide on the line:
 * the State on programme 147, any other funder on its own. On an approval, only by who could give it.
 */
@Injectable()
export class ReleaseLine {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly authority: ApprovalAuthority,
  ) {}

  /** @throws ActNotAllowed, ReasonRequired, NoDelegation, DelegationExceeded */
  execute({ lineId, version, reason }: ReleaseLineCommand, actor: Actor): Promise<DecidedLine<FundingLine>> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line } = hand;
      const scopes = line.isProgramme147 ? stateScopes(hand) : funderScopes(hand);
      const roles = assertMayDecide(hand, actor, 'funding-line.release', scopes, version);
      const after = this.lines.carryOut(tx, actor, hand, await this.stepBack(tx, actor, hand, roles, reason));
      tx.audit('funding-line.released', { type: 'funding-line', id: line.id }, audited(line), audited(after));
      return decidedLine(after, hand);
    });
  }

  private async stepBack(tx: Tx, actor: Actor, hand: LineInHand, roles: ReadonlySet<Role>, reason: string): Promise<Decision<FundingLine>> {
    const { line } = hand;
    if (line.state === 'refused') return reconsider(line, reason);
    if (line.state !== 'approved') return release(line, reason);
    if (!line.isProgramme147) return decommit(line, reason);
    const today = parisDay(tx.at);
    return undoApproval(line, { reason, authority: await this.authority.of(tx, actor, hand, roles, today), today });
  }
}
