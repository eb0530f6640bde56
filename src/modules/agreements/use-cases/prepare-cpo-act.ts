import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Calls } from '../../calls/index.js';
import { Funders } from '../../funding/index.js';
import type { Act } from '../domain/act.js';
import { assertMayBePutOnPaper, putOnPaper } from '../domain/cpo.js';
import { CpoActs } from './cpo-acts.js';
import { assertAdmissible, CpoDesk, trancheLine } from './cpo-desk.js';
import { assertMayAct, type CpoCommand } from './cpo-rights.js';

/** Puts what was negotiated on paper, as one act for all the years. From then on the amounts wait for its signature, or for its annulment. */
@Injectable()
export class PrepareCpoAct {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: CpoDesk,
    private readonly calls: Calls,
    private readonly funders: Funders,
    private readonly cpoActs: CpoActs,
  ) {}

  /** @throws ActNotAllowed, CpoOnPaperAlready, DossierNotAdmissible, FirstTrancheNotGranted, FirstTrancheDiffers, FirstTrancheNotCommitted */
  execute({ cpoId, version }: CpoCommand, actor: Actor): Promise<Act> {
    return this.work.run(actor, async (tx) => {
      const inHand = await this.desk.lock(tx, cpoId);
      assertMayAct(inHand, actor, 'cpo.sign', version);
      const { cpo, first } = inHand;
      assertMayBePutOnPaper(cpo, trancheLine(first.line));
      assertAdmissible(first);
      const call = await this.calls.byId(tx.query, cpo.callId);
      const [funder] = await this.funders.byIds(tx.query, [cpo.funderId]);
      if (!call || !funder) throw new Error('a CPO is of a call and a funder that exist');
      const { callId, organisationId, tranches } = cpo;
      const act = await this.cpoActs.prepare(tx, actor, { callId, callTitle: call.title, funder, organisationId, tranches });
      this.desk.save(tx, actor, 'act-prepared', cpo, putOnPaper(cpo, act.id), []);
      tx.tell('acts.prepared.v1', { callId, funderId: cpo.funderId });
      return act;
    });
  }
}
