import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { allRecusals, open, type Committee } from '../domain/committee.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { assertMayAct, auditedSession, type CommitteeCommand } from './committee-rights.js';

/** The session begins, if there is a quorum. Who joined an organisation since the attendance was recorded is recused from it too. */
@Injectable()
export class OpenCommittee {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, ActNotAllowed, QuorumNotReached */
  execute({ committeeId, version }: CommitteeCommand, actor: Actor): Promise<Committee> {
    return this.work.run(actor, async (tx) => {
      const before = await this.committees.lock(tx.query, committeeId);
      assertMayAct(actor, 'committee.write', before, version);
      const opened = open(before, tx.at);
      const recusals = allRecusals(before.recusals, await this.committees.automaticRecusals(tx.query, committeeId));
      await this.committees.replaceRecusals(tx.query, committeeId, recusals);
      const after = await this.committees.save(tx.query, { ...opened, recusals });
      tx.audit('committee.opened', { type: 'committee', id: committeeId }, auditedSession(before), auditedSession(after));
      return after;
    });
  }
}
