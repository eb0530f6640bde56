import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { approve, FundingLines, type FundingLine } from '../../funding/index.js';
import { DossierNotAdmissible, SignatoryNotVerified } from '../domain/programming.errors.js';
import { ApprovalAuthority } from './approval-authority.js';
import { assertMayDecide, audited, stateScopes, type LineCommand } from './line-rights.js';

export interface ApproveLineCommand extends LineCommand {
  readonly amountCents: Money;
}

/** The State grants an amount of programme 147: its envelope commits it. By the prefecture, or by a delegate within a delegation of signature. */
@Injectable()
export class ApproveLine {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly authority: ApprovalAuthority,
  ) {}

  /**
   * @throws NotProgramme147, ActNotAllowed, FourEyes, AmountNotPositive, AmountAboveRequest, NoDelegation, DelegationExceeded,
   * DossierNotAdmissible, SignatoryNotVerified, EnvelopeExceeded
   */
  execute({ lineId, version, amountCents }: ApproveLineCommand, actor: Actor): Promise<FundingLine> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line, dossier } = hand;
      const roles = assertMayDecide(hand, actor, 'funding-line.approve', stateScopes(hand), version);
      const today = parisDay(tx.at);
      const authority = await this.authority.of(tx, actor, hand, roles, today);
      const decision = approve(line, { amountCents, approverId: actor.id, authority, today });
      if (dossier.state !== 'admissible') throw new DossierNotAdmissible(dossier.number);
      if (!dossier.signatoryVerified) throw new SignatoryNotVerified(dossier.number);
      const after = this.lines.carryOut(tx, actor, hand, decision);
      tx.audit('funding-line.approved', { type: 'funding-line', id: line.id }, audited(line), audited(after));
      return after;
    });
  }
}
