import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/id.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { nextCommitteeState } from '../domain/committee.transitions.js';
import { ScenarioOfAnotherCommittee } from '../domain/scenario.errors.js';
import type { Scenario } from '../domain/scenario.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { ScenarioRepository } from '../persistence/scenario.repository.js';
import { authorizeActing } from './committee-rights.js';

export interface CreateScenarioCommand {
  readonly committeeId: string;
  readonly name: string;
  /** A scenario of the same session, whose amounts it begins with. */
  readonly copyOf?: string;
}

/** Begins a set of amounts over the agenda, empty or as another one. */
@Injectable()
export class CreateScenario {
  constructor(
    private readonly work: UnitOfWork,
    private readonly committees: CommitteeRepository,
    private readonly scenarios: ScenarioRepository,
  ) {}

  /** @throws NotFound, Forbidden, ActNotAllowed, ScenarioOfAnotherCommittee, ScenarioNameTaken */
  execute({ committeeId, name, copyOf }: CreateScenarioCommand, actor: Actor): Promise<Scenario> {
    return this.work.run(actor, async (tx) => {
      const committee = await this.committees.lock(tx.query, committeeId);
      authorizeActing(actor, 'scenario.write', committee);
      nextCommitteeState(committee.state, 'write-scenario');
      if (copyOf !== undefined && (await this.committeeOf(tx.query, copyOf)) !== committeeId) throw new ScenarioOfAnotherCommittee();
      const id = newId();
      await this.scenarios.create(tx, { id, committeeId, name }, actor.id);
      if (copyOf !== undefined) await this.scenarios.copyAmounts(tx.query, copyOf, id);
      tx.audit('scenario.created', { type: 'scenario', id }, null, { committeeId, name, copyOf: copyOf ?? null });
      return this.scenarios.find(tx.query, id);
    });
  }

  /** Null of a scenario that does not exist: whether it does is not told. */
  private committeeOf(query: Parameters<ScenarioRepository['find']>[0], id: string): Promise<string | null> {
    return this.scenarios.find(query, id).then(
      ({ committeeId }) => committeeId,
      (error: unknown) => {
        if (error instanceof NotFound) return null;
        throw error;
      },
    );
  }
}
