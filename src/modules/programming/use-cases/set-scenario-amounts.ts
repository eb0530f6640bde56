import { Injectable } from '@nestjs/common';
import type { Money } from '../../../kernel/money.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Recused } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { FundingLines } from '../../funding/index.js';
import { LinesUnknown } from '../domain/committee.errors.js';
import type { Scenario } from '../domain/scenario.js';
import { ScenarioRepository } from '../persistence/scenario.repository.js';
import { recusedOrganisations } from './committee-rights.js';
import { assertEachOnce, assertEnvelopesExist } from './record-committee-decisions.js';
import { ScenarioDesk, type ScenarioCommand } from './scenario-desk.js';

export interface SetScenarioAmountsCommand extends ScenarioCommand {
  readonly amounts: readonly { readonly lineId: string; readonly amountCents: Money; readonly envelopeId?: string }[];
}

/** Writes the amounts of some lines of a scenario. It may ask for too much: the totals say what would be refused. */
@Injectable()
export class SetScenarioAmounts {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: ScenarioDesk,
    private readonly scenarios: ScenarioRepository,
    private readonly lines: FundingLines,
  ) {}

  /** @throws NotFound, Forbidden, Recused, StaleVersion, ActNotAllowed, ScenarioAlreadyAdopted, LineTwice, LinesUnknown, UnknownEnvelope */
  execute({ amounts, ...command }: SetScenarioAmountsCommand, actor: Actor): Promise<Scenario> {
    return this.work.run(actor, async (tx) => {
      const { scenario, committee } = await this.desk.open(tx, command, actor, 'write-scenario');
      const lineIds = amounts.map(({ lineId }) => lineId);
      assertEachOnce(lineIds, '/amounts');
      const owners = await this.scenarios.agenda(tx.query, committee.id, lineIds);
      const unknown = lineIds.flatMap((lineId, index) => (owners.has(lineId) ? [] : [`/amounts/${index}/lineId`]));
      if (unknown.length > 0) throw new LinesUnknown(unknown);
      const recusedFrom = recusedOrganisations(actor, committee);
      if ([...owners.values()].some((organisationId) => recusedFrom.has(organisationId))) throw new Recused();
      await assertEnvelopesExist(this.lines, tx.query, amounts, '/amounts');
      const written = amounts.map(({ lineId, amountCents, envelopeId = null }) => ({ lineId, amountCents, envelopeId }));
      this.scenarios.setAmounts(tx, scenario, written);
      tx.audit('scenario.amounts-set', { type: 'scenario', id: scenario.id }, null, { amounts: written });
      return { ...scenario, version: scenario.version + 1 };
    });
  }
}
