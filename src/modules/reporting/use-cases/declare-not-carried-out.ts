import { Injectable } from '@nestjs/common';
import { assertVersion } from '../../../kernel/version.js';
import { ActNotAllowed } from '../../../kernel/transitions.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, may, refuseRecused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import {
  declareNotCarriedOut,
  FundingLines,
  isDecisionPublic,
  publicLabel,
  type FundingLine,
  type LineInHand,
} from '../../funding/index.js';
import { OrganisationBlocks } from '../../organisations/index.js';
import { audited, type LineCommand } from '../../programming/index.js';
import { ObligationRepository } from '../persistence/obligation.repository.js';
import { lineObject, deciderScopes } from './line-rights.js';

export interface DeclareNotCarriedOutCommand extends LineCommand {
  readonly reason: string;
}

/** The action will not be, or was not, carried out with that grant: said by the organisation's signatory, or by the funder's people. */
@Injectable()
export class DeclareNotCarriedOut {
  constructor(
    private readonly work: UnitOfWork,
    private readonly lines: FundingLines,
    private readonly obligations: ObligationRepository,
    private readonly blocks: OrganisationBlocks,
  ) {}

  /** @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion, ActNotAllowed, ReasonRequired */
  execute({ lineId, version, reason }: DeclareNotCarriedOutCommand, actor: Actor): Promise<FundingLine> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.lines.lockForInstruction(tx, lineId);
      const { line } = hand;
      const isOwn = assertMaySay(hand, actor);
      assertVersion(version, line.version);
      // What was decided and not told is nothing that the refusal may say.
      if (isOwn && !isDecisionPublic(line.state)) throw new ActNotAllowed('déclarer non réalisée', publicLabel(line.state));
      const after = this.lines.carryOut(tx, actor, hand, declareNotCarriedOut(line, reason));
      tx.audit('funding-line.not-carried-out', lineObject(lineId), audited(line), {
        ...audited(after),
        by: isOwn ? 'organisation' : 'funder',
      });
      const obligation = await this.obligations.of(tx.query, line.actionId, line.year);
      if (!obligation) await this.blocks.liftBecause(tx, 'report-overdue', line.actionId, line.year);
      return after;
    });
  }
}

/** Gives whether they speak for the organisation. @throws NotFound, Forbidden, Recused */
function assertMaySay(hand: LineInHand, actor: Actor): boolean {
  const own = [{ kind: 'organisation', code: hand.line.organisationId }] as const;
  authorize(actor, 'dossier.read-file', hand.perimeter);
  if (may(actor, 'report.submit', own)) {
    authorizeCreation(actor, 'funding-line.declare-not-carried-out', own);
    return true;
  }
  authorizeCreation(actor, 'funding-line.declare-not-carried-out', deciderScopes(hand));
  refuseRecused(actor, hand.line.organisationId);
  return false;
}
