import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { advance } from '../../funding/index.js';
import { makeVoid, type Act } from '../domain/act.js';
import { ActRepository } from '../persistence/act.repository.js';
import { ActLines } from './act-lines.js';
import { assertMayHandle, auditedAct, type ActCommand } from './act-rights.js';
import { CpoOfAct } from './cpo-of-act.js';

export interface VoidActCommand extends ActCommand {
  readonly reason: string;
}

/** Gives up an act before its signature. Its number stays used; its lines wait for another act. */
@Injectable()
export class VoidAct {
  constructor(
    private readonly work: UnitOfWork,
    private readonly acts: ActRepository,
    private readonly lines: ActLines,
    private readonly cpoOfAct: CpoOfAct,
  ) {}

  /** @throws ActNotAllowed */
  execute({ actId, version, reason }: VoidActCommand, actor: Actor): Promise<Act> {
    return this.work.run(actor, async (tx) => {
      const hand = await this.acts.lock(tx.query, actId);
      assertMayHandle(hand, actor, 'act.void', version);
      const voided = makeVoid(hand.act, reason, tx.at);
      await this.cpoOfAct.voided(tx, actor, hand.act);
      if (hand.purpose === 'grant') {
        const lines = await this.lines.lock(
          tx,
          hand.lines.map(({ lineId }) => lineId),
        );
        // A line cancelled meanwhile stays so.
        const waiting = lines.filter(({ state }) => state === 'act-generated');
        this.lines.move(tx, actor, waiting, 'act-voided', (line) => advance(line, 'void-act'));
      }
      this.acts.releaseLines(tx, actId);
      this.acts.save(tx, voided);
      tx.audit('act.voided', { type: 'act', id: actId }, auditedAct(hand.act), auditedAct(voided));
      return voided;
    });
  }
}
