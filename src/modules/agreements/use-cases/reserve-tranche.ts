import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { FundingLines, reserveTranche, standingOf, TrancheLines } from '../../funding/index.js';
import { NoRoomForTranche } from '../domain/cpo.errors.js';
import { nextCpoState } from '../domain/cpo.transitions.js';
import { assertPending, roomFor, whyUnfunded } from '../domain/tranche.js';
import { assertAdmissible, CpoDesk, withTranche, type TrancheInHand } from './cpo-desk.js';
import { assertMayAct, type CpoCommand } from './cpo-rights.js';
import { CpoViews, type CpoView } from './cpo-views.js';

export interface ReserveTrancheCommand extends CpoCommand {
  readonly year: number;
  /** Absent: the envelope of that year with room for it. */
  readonly envelopeId?: string;
}

/** The envelope of a later year opened after the signature: it reserves the tranche. */
@Injectable()
export class ReserveTranche {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: CpoDesk,
    private readonly lines: FundingLines,
    private readonly trancheLines: TrancheLines,
    private readonly views: CpoViews,
  ) {}

  /** @throws NotFound, ActNotAllowed, TrancheAlreadyConfirmed, TrancheEnded, DossierNotAdmissible, WrongEnvelope, NoRoomForTranche, EnvelopeExceeded */
  execute({ cpoId, version, year, envelopeId }: ReserveTrancheCommand, actor: Actor): Promise<CpoView> {
    return this.work.run(actor, async (tx) => {
      const inHand = await this.desk.lock(tx, cpoId);
      assertMayAct(inHand, actor, 'cpo.reserve', version);
      const { cpo } = inHand;
      const found = this.desk.trancheOf(inHand, year);
      const { line } = found.hand;
      const state = nextCpoState(cpo.state, 'reserve');
      assertPending(found.tranche, standingOf(line.state));
      assertAdmissible(found.hand);
      const { amountCents } = found.tranche;
      const decision = reserveTranche(line, {
        amountCents,
        envelopeId: await this.envelopeFor(tx, found, envelopeId),
        proposerId: actor.id,
      });
      const after = { ...withTranche(cpo, found.tranche), state };
      this.desk.save(tx, actor, 'tranche-reserved', cpo, after, [{ line, decision, verb: 'proposed' }]);
      return this.views.ofDecider(tx.query, cpoId);
    });
  }

  private async envelopeFor(tx: Tx, { tranche, hand }: TrancheInHand, asked: string | undefined): Promise<string> {
    if (asked !== undefined) {
      await this.lines.assertEnvelope(tx, hand, asked);
      return asked;
    }
    const rooms = await this.trancheLines.lockRooms(tx, { funder: hand.funder, actionId: hand.line.actionId }, [tranche.year]);
    const room = roomFor(tranche, rooms, null);
    if (!room) throw new NoRoomForTranche(whyUnfunded(tranche, rooms));
    return room.id;
  }
}
