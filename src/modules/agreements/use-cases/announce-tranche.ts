import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { CONTRACT } from '../../../platform/auth/perimeter.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FundingLines } from '../../funding/index.js';
import { audited } from '../../programming/index.js';
import { nextCpoState } from '../domain/cpo.transitions.js';
import { CpoDesk, withTranche } from './cpo-desk.js';
import { assertMayAct, cpoScopes, type CpoCommand } from './cpo-rights.js';
import { CpoViews, type CpoView } from './cpo-views.js';

export interface AnnounceTrancheCommand extends CpoCommand {
  readonly year: number;
}

/** Tells the organisation that a later year is confirmed. The announcement of its call does too, as long as that call is not closed out. */
@Injectable()
export class AnnounceTranche {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: CpoDesk,
    private readonly lines: FundingLines,
    private readonly views: CpoViews,
  ) {}

  /** @throws NotFound, ActNotAllowed */
  execute({ cpoId, version, year }: AnnounceTrancheCommand, actor: Actor): Promise<CpoView> {
    return this.work.run(actor, async (tx) => {
      const inHand = await this.desk.lock(tx, cpoId);
      assertMayAct(inHand, actor, 'cpo.announce', version, [...cpoScopes(inHand.first), CONTRACT]);
      const { cpo } = inHand;
      const { tranche, hand } = this.desk.trancheOf(inHand, year);
      const state = nextCpoState(cpo.state, 'announce');
      const [announced] = this.lines.announce(tx, [hand.line]);
      if (announced) tx.audit('funding-line.announced', { type: 'funding-line', id: hand.line.id }, audited(hand.line), audited(announced));
      this.desk.save(tx, actor, 'tranche-announced', cpo, { ...withTranche(cpo, tranche), state }, []);
      tx.tell('results.announced.v1', { callId: cpo.callId, organisationId: cpo.organisationId, lineIds: [hand.line.id] });
      return this.views.ofDecider(tx.query, cpoId);
    });
  }
}
