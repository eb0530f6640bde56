import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { CpoAbandonment } from './cpo-abandonment.js';
import { CpoDesk } from './cpo-desk.js';
import { assertMayAct, type CpoCommand } from './cpo-rights.js';
import { CpoViews, type CpoView } from './cpo-views.js';

export interface AbandonCpoCommand extends CpoCommand {
  readonly reason: string;
}

/** The negotiation comes to nothing: its lines are anybody's to decide again. */
@Injectable()
export class AbandonCpo {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: CpoDesk,
    private readonly abandonment: CpoAbandonment,
    private readonly views: CpoViews,
  ) {}

  /** @throws ActNotAllowed, CpoOnPaperAlready */
  execute({ cpoId, version, reason }: AbandonCpoCommand, actor: Actor): Promise<CpoView> {
    return this.work.run(actor, async (tx) => {
      const inHand = await this.desk.lock(tx, cpoId);
      assertMayAct(inHand, actor, 'cpo.negotiate', version);
      this.abandonment.carryOut(tx, actor, inHand, reason);
      return this.views.ofDecider(tx.query, cpoId);
    });
  }
}
