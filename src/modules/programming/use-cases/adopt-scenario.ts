import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { Scenario } from '../domain/scenario.js';
import { ScenarioRepository } from '../persistence/scenario.repository.js';
import { ScenarioDesk, type ScenarioCommand } from './scenario-desk.js';

/** The session votes a scenario: what it plans is decided unless a line says otherwise. One a session. */
@Injectable()
export class AdoptScenario {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: ScenarioDesk,
    private readonly scenarios: ScenarioRepository,
  ) {}

  /** @throws NotFound, Forbidden, StaleVersion, ActNotAllowed, ScenarioAlreadyAdopted */
  execute(command: ScenarioCommand, actor: Actor): Promise<Scenario> {
    return this.work.run(actor, async (tx) => {
      const { scenario } = await this.desk.open(tx, command, actor, 'adopt-scenario');
      await this.scenarios.adopt(tx, scenario.id, actor.id);
      tx.audit('scenario.adopted', { type: 'scenario', id: scenario.id }, null, { committeeId: scenario.committeeId });
      return { ...scenario, version: scenario.version + 1, adoptedAt: tx.at };
    });
  }
}
