import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { CpoDesk } from './cpo-desk.js';
import { assertMayAct, type CpoCommand } from './cpo-rights.js';
import { CpoSigning, type SignatureTerms } from './cpo-signing.js';
import { CpoViews, type CpoView } from './cpo-views.js';

export interface SignCpoCommand extends CpoCommand, SignatureTerms {}

/** Records that both sides signed. */
@Injectable()
export class SignCpo {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: CpoDesk,
    private readonly signing: CpoSigning,
    private readonly views: CpoViews,
  ) {}

  /** @throws as `CpoSigning.carryOut` */
  execute({ cpoId, version, ...terms }: SignCpoCommand, actor: Actor): Promise<CpoView> {
    return this.work.run(actor, async (tx) => {
      const inHand = await this.desk.lock(tx, cpoId);
      assertMayAct(inHand, actor, 'cpo.sign', version);
      await this.signing.carryOut(tx, actor, inHand, terms);
      return this.views.ofDecider(tx.query, cpoId);
    });
  }
}
