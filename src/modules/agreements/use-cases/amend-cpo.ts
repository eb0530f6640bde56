import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { reserveTranche, standingOf } from '../../funding/index.js';
import { amend } from '../domain/cpo.js';
import type { TrancheAmount } from '../domain/tranche.js';
import { CpoRepository } from '../persistence/cpo.repository.js';
import { CpoDesk, type LineMove } from './cpo-desk.js';
import { assertMayAct, type CpoCommand } from './cpo-rights.js';
import { CpoViews, type CpoView } from './cpo-views.js';

export interface AmendCpoCommand extends CpoCommand {
  readonly tranches: readonly TrancheAmount[];
  readonly reason: string;
}

/** An amendment (avenant) to years that are not confirmed: reservations move by the difference, and what was agreed before is kept. */
@Injectable()
export class AmendCpo {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: CpoDesk,
    private readonly cpos: CpoRepository,
    private readonly views: CpoViews,
  ) {}

  /** @throws ActNotAllowed, WrongTranches, TrancheAboveRequest, TrancheAlreadyConfirmed, TrancheEnded, EnvelopeExceeded */
  execute({ cpoId, version, tranches, reason }: AmendCpoCommand, actor: Actor): Promise<CpoView> {
    return this.work.run(actor, async (tx) => {
      const inHand = await this.desk.lock(tx, cpoId);
      assertMayAct(inHand, actor, 'cpo.amend', version);
      const { cpo } = inHand;
      const after = amend(
        cpo,
        tranches,
        inHand.tranches.map(({ hand }) => ({ ...hand.line, standing: standingOf(hand.line.state) })),
      );
      const moves = inHand.tranches.flatMap(({ tranche, hand: { line } }): LineMove[] => {
        const amountCents = after.tranches.find(({ year }) => year === tranche.year)?.amountCents ?? tranche.amountCents;
        if (amountCents === tranche.amountCents || line.state !== 'proposed' || line.envelopeId === null) return [];
        return [
          { line, decision: reserveTranche(line, { amountCents, envelopeId: line.envelopeId, proposerId: actor.id }), verb: 'proposed' },
        ];
      });
      this.desk.save(tx, actor, 'amended', cpo, after, moves);
      this.cpos.keep(tx, after, reason, actor.id);
      return this.views.ofDecider(tx.query, cpoId);
    });
  }
}
