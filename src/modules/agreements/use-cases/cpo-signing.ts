import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { reserveTranche, standingOf, TrancheLines } from '../../funding/index.js';
import { sign, type Cpo } from '../domain/cpo.js';
import { roomFor } from '../domain/tranche.js';
import { assertAdmissible, CpoDesk, trancheLine, type CpoInHand, type LineMove } from './cpo-desk.js';

export interface SignatureTerms {
  readonly signedOn: Day;
  readonly beneficiarySignedOn?: Day | null;
  readonly reference?: string | null;
  /** The act that it is signed by, when the platform made it. */
  readonly actId?: string | null;
}

/**
 * What the signature of a CPO does, by its own operation or by the signature of its act: the first year is confirmed, each later one is reserved
 * where its funder has opened an envelope with room, and is visibly unfunded where it has not.
 */
@Injectable()
export class CpoSigning {
  constructor(
    private readonly desk: CpoDesk,
    private readonly trancheLines: TrancheLines,
  ) {}

  /** For the signature of an act, whose rights were checked there. @throws as `carryOut`, NotFound */
  async signed(tx: Tx, actor: Actor, cpoId: string, terms: SignatureTerms): Promise<Cpo> {
    return this.carryOut(tx, actor, await this.desk.lock(tx, cpoId), terms);
  }

  /** @throws ActNotAllowed, CpoOnPaperAlready, DossierNotAdmissible, SignedInFuture, FirstTrancheNotGranted, FirstTrancheDiffers, FirstTrancheNotCommitted */
  async carryOut(tx: Tx, actor: Actor, inHand: CpoInHand, terms: SignatureTerms): Promise<Cpo> {
    const { cpo, first } = inHand;
    const { signedOn, beneficiarySignedOn = null, reference = null, actId = null } = terms;
    const signature = { signedOn, beneficiarySignedOn, reference, actId, signedBy: actor.id, today: parisDay(tx.at) };
    const after = sign(cpo, trancheLine(first.line), signature, tx.at);
    assertAdmissible(first);
    this.desk.save(tx, actor, 'signed', cpo, after, await this.reservations(tx, actor, inHand));
    this.trancheLines.hold(tx, [first.line.id], cpo.id);
    return after;
  }

  private async reservations(tx: Tx, actor: Actor, { first, tranches }: CpoInHand): Promise<LineMove[]> {
    const later = tranches.filter(({ tranche, hand }) => tranche.rank > 1 && standingOf(hand.line.state) === 'undecided');
    const { funder, line } = first;
    const payer = { funder, actionId: line.actionId };
    const programme =
      (await this.trancheLines.rooms(tx.query, payer, [line.year])).find(({ id }) => id === line.envelopeId)?.programme ?? null;
    const rooms = await this.trancheLines.lockRooms(
      tx,
      payer,
      later.map(({ tranche }) => tranche.year),
    );
    return later.flatMap(({ tranche, hand }): LineMove[] => {
      const room = roomFor(tranche, rooms, programme);
      if (!room) return [];
      const { amountCents } = tranche;
      const decision = reserveTranche(hand.line, { amountCents, envelopeId: room.id, proposerId: actor.id });
      return [{ line: hand.line, decision, verb: 'proposed' }];
    });
  }
}
