import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { approve, FundingLines, type FundingLine, type LineInHand } from '../../funding/index.js';
import type { DecidedLine } from '../domain/decided-line.js';
import { approvalStep, needsSecond, type GivenApproval } from '../domain/first-approval.js';
import { DossierNotAdmissible, SignatoryNotVerified } from '../domain/programming.errors.js';
import { ApprovalRepository } from '../persistence/approval.repository.js';
import { ApprovalAuthority } from './approval-authority.js';
import { assertMayDecide, audited, stateScopes, type LineCommand } from './line-rights.js';

export interface ApproveLineCommand extends LineCommand {
  readonly amountCents: Money;
}

/** One approval within a transaction, for who approves one line and for who approves many. */
@Injectable()
export class LineApproval {
  constructor(
    private readonly lines: FundingLines,
    private readonly authority: ApprovalAuthority,
    private readonly approvals: ApprovalRepository,
  ) {}

  /**
   * @throws NotProgramme147, ActNotAllowed, FourEyes, SecondApproverIsFirst, AmountNotPositive, AmountAboveRequest, NoDelegation,
   * DelegationExceeded, DossierNotAdmissible, SignatoryNotVerified, EnvelopeExceeded
   */
  async within(tx: Tx, { lineId, version, amountCents }: ApproveLineCommand, actor: Actor): Promise<DecidedLine<FundingLine>> {
    const hand = await this.lines.lockForInstruction(tx, lineId);
    const { line, dossier } = hand;
    const roles = assertMayDecide(hand, actor, 'funding-line.approve', stateScopes(hand), version);
    const today = parisDay(tx.at);
    const authority = await this.authority.of(tx, actor, hand, roles, today);
    const given: GivenApproval = { approverId: actor.id, amountCents };
    const decision = approve(line, { ...given, authority, today });
    const secondApproverAboveCents = hand.approvalRule?.secondApproverAboveCents ?? null;
    // Only an amount that needs two makes this round trip.
    const first = needsSecond(secondApproverAboveCents, amountCents) ? await this.approvals.first(tx.query, lineId) : null;
    const step = approvalStep({ secondApproverAboveCents, first }, given);
    if (dossier.state !== 'admissible') throw new DossierNotAdmissible(dossier.number);
    if (!dossier.signatoryVerified) throw new SignatoryNotVerified(dossier.number);
    if (step === 'first') return this.wait(tx, hand, given);
    const after = this.lines.carryOut(tx, actor, hand, decision);
    // Without a rule nothing ever waited.
    if (hand.approvalRule !== null) this.approvals.end(tx, line.id, first === null ? null : actor.id);
    tx.audit('funding-line.approved', { type: 'funding-line', id: line.id }, audited(line), audited(after));
    return { ...after, signatoryVerified: true, firstApproval: null };
  }

  /** The line stays proposed and its credit reserved, until a second person approves the same amount. */
  private wait(tx: Tx, { line }: LineInHand, given: GivenApproval): DecidedLine<FundingLine> {
    const after = this.lines.touch(tx, line);
    this.approvals.putFirst(tx, line.id, line.proposerId, given);
    const recorded = { ...audited(after), firstApproval: given };
    tx.audit('funding-line.first-approved', { type: 'funding-line', id: line.id }, audited(line), recorded);
    return { ...after, signatoryVerified: true, firstApproval: { ...given, at: tx.at } };
  }
}
