import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { convene, type Committee } from '../domain/committee.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { assertMayAct, auditedSession, type CommitteeCommand } from './committee-rights.js';

/** Freezes who sits and what comes before them. */
@Injectable()
export class ConveneCommittee {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, ActNotAllowed, QuorumOutOfReach, AgendaEmpty */
  execute({ committeeId, version }: CommitteeCommand, actor: Actor): Promise<Committee> {
    return this.work.run(actor, async (tx) => {
      const before = await this.committees.lock(tx.query, committeeId);
      assertMayAct(actor, 'committee.write', before, version);
      const after = await this.committees.save(tx.query, convene(before, tx.at));
      tx.audit('committee.convened', { type: 'committee', id: committeeId }, auditedSession(before), auditedSession(after));
      tx.tell('committee.convened.v1', { committeeId });
      return after;
    });
  }
}
