import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { change } from '../domain/cpo.js';
import type { TrancheAmount } from '../domain/tranche.js';
import { CpoRepository } from '../persistence/cpo.repository.js';
import { CpoDesk } from './cpo-desk.js';
import { assertMayAct, type CpoCommand } from './cpo-rights.js';
import { CpoViews, type CpoView } from './cpo-views.js';

export interface ChangeNegotiationCommand extends CpoCommand {
  readonly tranches: readonly TrancheAmount[];
}

/** Other amounts for the same years, as long as nobody signed. What was on the table before is kept. */
@Injectable()
export class ChangeNegotiation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: CpoDesk,
    private readonly cpos: CpoRepository,
    private readonly views: CpoViews,
  ) {}

  /** @throws ActNotAllowed, CpoOnPaperAlready, WrongTranches, TrancheAboveRequest */
  execute({ cpoId, version, tranches }: ChangeNegotiationCommand, actor: Actor): Promise<CpoView> {
    return this.work.run(actor, async (tx) => {
      const inHand = await this.desk.lock(tx, cpoId);
      assertMayAct(inHand, actor, 'cpo.negotiate', version);
      const { cpo } = inHand;
      const after = change(
        cpo,
        tranches,
        inHand.tranches.map(({ hand }) => hand.line),
      );
      this.desk.save(tx, actor, 'changed', cpo, after, []);
      this.cpos.keep(tx, after, null, actor.id);
      return this.views.ofDecider(tx.query, cpoId);
    });
  }
}
