import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Committee } from '../domain/committee.js';
import { nextCommitteeState, type CommitteeAct } from '../domain/committee.transitions.js';
import { assertWritable, type Scenario } from '../domain/scenario.js';
import { CommitteeRepository } from '../persistence/committee.repository.js';
import { ScenarioRepository } from '../persistence/scenario.repository.js';
import { authorizeActing } from './committee-rights.js';

export interface ScenarioCommand {
  readonly scenarioId: string;
  readonly version: ExpectedVersion;
}

/** Scenarios as those who prepare the session find them. */
@Injectable()
export class ScenarioDesk {
  constructor(
    private readonly committees: CommitteeRepository,
    private readonly scenarios: ScenarioRepository,
  ) {}

  /** Locks the session, then the scenario, for someone who writes it. @throws NotFound, Forbidden, StaleVersion, ActNotAllowed, ScenarioAlreadyAdopted */
  async open(
    tx: Tx,
    { scenarioId, version }: ScenarioCommand,
    actor: Actor,
    act: CommitteeAct,
  ): Promise<{ scenario: Scenario; committee: Committee }> {
    const { committeeId } = await this.scenarios.find(tx.query, scenarioId);
    const committee = await this.committees.lock(tx.query, committeeId);
    authorizeActing(actor, 'scenario.write', committee);
    const scenario = await this.scenarios.lock(tx.query, scenarioId);
    assertVersion(version, scenario.version);
    nextCommitteeState(committee.state, act);
    assertWritable(scenario);
    return { scenario, committee };
  }

  /** @throws NotFound, Forbidden */
  async read(query: Query, scenarioId: string, actor: Actor): Promise<Scenario> {
    const scenario = await this.scenarios.find(query, scenarioId);
    authorizeActing(actor, 'scenario.read', await this.committees.find(query, scenario.committeeId));
    return scenario;
  }
}
