import { Injectable } from '@nestjs/common';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { TrancheLines } from '../../funding/index.js';
import { abandon } from '../domain/cpo.js';
import { CpoDesk, type CpoInHand } from './cpo-desk.js';

/** The end of a negotiation, by a person or because there is nothing left to negotiate. */
@Injectable()
export class CpoAbandonment {
  constructor(
    private readonly desk: CpoDesk,
    private readonly trancheLines: TrancheLines,
  ) {}

  /** Gives its lines back to whoever decides on them. @throws ActNotAllowed, CpoOnPaperAlready */
  carryOut(tx: Tx, actor: Actor, { cpo, tranches }: CpoInHand, reason: string): void {
    this.desk.save(tx, actor, 'abandoned', cpo, abandon(cpo, reason, parisDay(tx.at)), []);
    const held = tranches.filter(({ hand }) => hand.line.heldByCpo === cpo.id);
    this.trancheLines.hold(
      tx,
      held.map(({ tranche }) => tranche.lineId),
      null,
    );
  }
}
