import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { endTranche, standingOf } from '../../funding/index.js';
import { terminate } from '../domain/cpo.js';
import { endsWith } from '../domain/tranche.js';
import { CpoDesk, type LineMove } from './cpo-desk.js';
import { assertMayAct, type CpoCommand } from './cpo-rights.js';
import { CpoViews, type CpoView } from './cpo-views.js';

export interface TerminateCpoCommand extends CpoCommand {
  readonly reason: string;
  readonly effectiveOn: Day;
}

/** An early end: what is reserved, and what is granted for years that will not begin, goes back to the envelopes. The year that runs is settled as usual. */
@Injectable()
export class TerminateCpo {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: CpoDesk,
    private readonly views: CpoViews,
  ) {}

  /** @throws ActNotAllowed, TerminatedTooEarly */
  execute({ cpoId, version, reason, effectiveOn }: TerminateCpoCommand, actor: Actor): Promise<CpoView> {
    return this.work.run(actor, async (tx) => {
      const inHand = await this.desk.lock(tx, cpoId);
      assertMayAct(inHand, actor, 'cpo.terminate', version);
      const { cpo } = inHand;
      const after = terminate(cpo, reason, effectiveOn);
      const effectiveYear = Number(effectiveOn.slice(0, 4));
      const moves = inHand.tranches.flatMap(({ hand: { line } }): LineMove[] =>
        endsWith({ state: line.state, standing: standingOf(line.state) }, line.year, effectiveYear)
          ? [{ line, decision: endTranche(line, reason), verb: 'cancelled' }]
          : [],
      );
      this.desk.save(tx, actor, 'terminated', cpo, after, moves);
      return this.views.ofDecider(tx.query, cpoId);
    });
  }
}
