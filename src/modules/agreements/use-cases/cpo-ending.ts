import { Injectable } from '@nestjs/common';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { endTranche, standingOf } from '../../funding/index.js';
import { end } from '../domain/cpo.js';
import { CpoDesk, trancheLine, type CpoInHand, type LineMove } from './cpo-desk.js';

const REASON = 'Terme de la convention pluriannuelle : cette année n’a pas été confirmée.';

/** The term of a CPO, by a person or by the clock. */
@Injectable()
export class CpoEnding {
  constructor(private readonly desk: CpoDesk) {}

  /** A year that was never confirmed is not any more. `mover`: in whose name its credits go back. @throws ActNotAllowed, CpoNotOver */
  carryOut(tx: Tx, mover: Pick<Actor, 'id'>, { cpo, tranches, first }: CpoInHand): void {
    const after = end(cpo, trancheLine((tranches.at(-1)?.hand ?? first).line), parisDay(tx.at));
    const moves = tranches.flatMap(({ hand: { line } }): LineMove[] => {
      const standing = standingOf(line.state);
      return standing === 'undecided' || standing === 'reserved' ? [{ line, decision: endTranche(line, REASON), verb: 'cancelled' }] : [];
    });
    this.desk.save(tx, mover, 'ended', cpo, after, moves);
  }
}
