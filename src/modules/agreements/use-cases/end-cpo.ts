import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { CpoDesk } from './cpo-desk.js';
import { CpoEnding } from './cpo-ending.js';
import { assertMayAct, type CpoCommand } from './cpo-rights.js';
import { CpoViews, type CpoView } from './cpo-views.js';

/** Someone records the term of a CPO, without waiting for the clock. */
@Injectable()
export class EndCpo {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: CpoDesk,
    private readonly ending: CpoEnding,
    private readonly views: CpoViews,
  ) {}

  /** @throws ActNotAllowed, CpoNotOver */
  execute({ cpoId, version }: CpoCommand, actor: Actor): Promise<CpoView> {
    return this.work.run(actor, async (tx) => {
      const inHand = await this.desk.lock(tx, cpoId);
      assertMayAct(inHand, actor, 'cpo.end', version);
      this.ending.carryOut(tx, actor, inHand);
      return this.views.ofDecider(tx.query, cpoId);
    });
  }
}
