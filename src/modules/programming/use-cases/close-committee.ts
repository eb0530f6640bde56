import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Calls } from '../../calls/index.js';
import { contentHash } from '../../dossiers/index.js';
import { minutesContent } from '../domain/committee-minutes.js';
import type { Committee } from '../domain/committee.js';
import { nextCommitteeState } from '../domain/committee.transitions.js';
import { CommitteeAgenda } from '../persistence/committee-agenda.repository.js';
import { CommitteeMinutes } from '../persistence/committee-minutes.repository.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { ScenarioRepository } from '../persistence/scenario.repository.js';
import { assertMayAct, auditedSession, type CommitteeCommand } from './committee-rights.js';

/** Ends a session whose decisions are applied: its minutes are frozen word for word, with their hash. */
@Injectable()
export class CloseCommittee {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
    private readonly agenda: CommitteeAgenda,
    private readonly scenarios: ScenarioRepository,
    private readonly minutes: CommitteeMinutes,
    private readonly calls: Calls,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, ActNotAllowed */
  execute({ committeeId, version }: CommitteeCommand, actor: Actor): Promise<Committee> {
    return this.work.run(actor, async (tx) => {
      const before = await this.committees.lock(tx.query, committeeId);
      assertMayAct(actor, 'committee.write', before, version);
      const state = nextCommitteeState(before.state, 'close');
      const call = await this.calls.byId(tx.query, before.callId);
      if (!call) throw new Error('a session is of a call');
      const rows = await this.agenda.rows(tx.query, committeeId);
      const adopted = (await this.scenarios.ofCommittee(tx.query, committeeId)).find(({ adoptedAt }) => adoptedAt !== null);
      const organisationNames = await this.committees.recusedNames(tx.query, committeeId);
      const content = minutesContent({
        ...{ committee: before, call, rows, organisationNames },
        adoptedScenario: adopted?.name ?? null,
        closedAt: tx.at,
      });
      const hash = contentHash(content);
      this.minutes.freeze(tx, committeeId, { content, contentHash: hash }, actor.id);
      const after = await this.committees.save(tx.query, { ...before, state, closedAt: tx.at });
      tx.audit('committee.closed', { type: 'committee', id: committeeId }, auditedSession(before), {
        ...auditedSession(after),
        contentHash: hash,
      });
      tx.tell('committee.closed.v1', { committeeId });
      return after;
    });
  }
}
