import { Injectable } from '@nestjs/common';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { rolesOver } from '../../../platform/auth/perimeter.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { approveTranche, recordTranche, TrancheLines, type Decision, type FundingLine, type LineInHand } from '../../funding/index.js';
import { ApprovalAuthority, SignatoryNotVerified } from '../../programming/index.js';
import type { Cpo } from '../domain/cpo.js';
import { nextCpoState } from '../domain/cpo.transitions.js';
import { confirm, type Tranche } from '../domain/tranche.js';
import { InterimReportRepository } from '../persistence/interim-report.repository.js';
import { assertAdmissible, CpoDesk, trancheLine, withTranche } from './cpo-desk.js';
import { assertMayAct, cpoScopes, type CpoCommand } from './cpo-rights.js';
import { CpoViews, type CpoView } from './cpo-views.js';

export interface ConfirmTrancheCommand extends CpoCommand {
  readonly year: number;
}

/**
 * Commits a later year, once the report on the year before is accepted and its credits are reserved. On programme 147 by the right to approve that
 * amount, and by other eyes than those that reserved it.
 */
@Injectable()
export class ConfirmTranche {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: CpoDesk,
    private readonly reports: InterimReportRepository,
    private readonly trancheLines: TrancheLines,
    private readonly authority: ApprovalAuthority,
    private readonly views: CpoViews,
  ) {}

  /**
   * @throws NotFound, ActNotAllowed, TrancheAlreadyConfirmed, TrancheEnded, TrancheNotOpen, TrancheUnfunded, FourEyes, NoDelegation,
   * DelegationExceeded, DossierNotAdmissible, SignatoryNotVerified
   */
  execute({ cpoId, version, year }: ConfirmTrancheCommand, actor: Actor): Promise<CpoView> {
    return this.work.run(actor, async (tx) => {
      const inHand = await this.desk.lock(tx, cpoId);
      assertMayAct(inHand, actor, 'cpo.confirm', version);
      const { cpo } = inHand;
      const { tranche, hand } = this.desk.trancheOf(inHand, year);
      const state = nextCpoState(cpo.state, 'confirm');
      const confirmed = confirm(tranche, trancheLine(hand.line), {
        confirmerId: actor.id,
        at: tx.at,
        reportAccepted: await this.reports.isAccepted(tx.query, cpo.actionId, year - 1),
        hasEnvelope: (await this.trancheLines.rooms(tx.query, { funder: hand.funder, actionId: cpo.actionId }, [year])).length > 0,
      });
      assertAdmissible(hand);
      if (!hand.dossier.signatoryVerified) throw new SignatoryNotVerified(hand.dossier.number);
      const decision = await this.grant(tx, actor, cpo, tranche, hand);
      const after = { ...withTranche(cpo, confirmed), state };
      this.desk.save(tx, actor, 'tranche-confirmed', cpo, after, [{ line: hand.line, decision, verb: 'approved' }]);
      tx.tell('tranche.confirmed.v1', { cpoId, year: String(year) });
      return this.views.ofDecider(tx.query, cpoId);
    });
  }

  private async grant(tx: Tx, actor: Actor, cpo: Cpo, { amountCents, year }: Tranche, hand: LineInHand): Promise<Decision<FundingLine>> {
    const { line } = hand;
    const today = parisDay(tx.at);
    if (line.isProgramme147) {
      const authority = await this.authority.of(tx, actor, hand, rolesOver(actor, cpoScopes(hand)), today);
      return approveTranche(line, { amountCents, approverId: actor.id, authority, today });
    }
    const decisionReference = `${cpo.reference ?? 'CPO'}, tranche ${year}`;
    const { envelopeId } = line;
    return recordTranche(line, {
      amountCents,
      decisionReference,
      decidedOn: today,
      envelopeId,
      recorderId: actor.id,
      today,
      earliest: today,
    });
  }
}
