import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ActionRepository } from '../persistence/action.repository.js';
import { BudgetRepository } from '../persistence/budget.repository.js';
import { BudgetFunding } from './budget-funding.js';
import { DossierEditing } from './editing.js';

export interface RemoveBudgetCommand {
  readonly actionId: string;
  readonly year: number;
  readonly version: ExpectedVersion;
}

/** Takes a year out of the plan of an action, with what it asked for. */
@Injectable()
export class RemoveBudget {
  constructor(
    private readonly work: UnitOfWork,
    private readonly editing: DossierEditing,
    private readonly actions: ActionRepository,
    private readonly budgets: BudgetRepository,
    private readonly funding: BudgetFunding,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed, CallClosed, LineInProgress */
  execute({ actionId, year, version }: RemoveBudgetCommand, actor: Actor): Promise<void> {
    return this.work.run(actor, async (tx) => {
      const dossier = await this.editing.begin(tx, actor, await this.actions.dossierOf(tx.query, actionId));
      const budget = await this.budgets.of(tx.query, actionId, year);
      if (!budget) throw new NotFound();
      assertVersion(version, budget.version);
      this.editing.assertEditable(tx, dossier);
      await this.funding.sync(tx, dossier, actionId, year, null);
      await this.budgets.remove(tx.query, budget.id);
      await this.editing.refreshPerimeter(tx, dossier.id);
      await this.editing.finish(tx, dossier);
      tx.audit('budget.removed', { type: 'budget', id: budget.id }, budget, null);
    });
  }
}
