import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { assertBudgetYear } from '../domain/action.js';
import { assertRows, type Budget } from '../domain/budget.js';
import { ActionRepository } from '../persistence/action.repository.js';
import { BudgetRepository } from '../persistence/budget.repository.js';
import { BudgetFunding } from './budget-funding.js';
import { ContentReader } from './content.reader.js';
import type { BudgetView } from './content.views.js';
import { DossierEditing } from './editing.js';

export interface WriteBudgetCommand {
  readonly actionId: string;
  readonly year: number;
  /** Of the budget; none is due the first time. */
  readonly version: ExpectedVersion;
  readonly budget: Budget;
}

/** Writes the budget of an action for a year; its rows 74 that name a funder are its funding lines. */
@Injectable()
export class WriteBudget {
  constructor(
    private readonly work: UnitOfWork,
    private readonly editing: DossierEditing,
    private readonly actions: ActionRepository,
    private readonly budgets: BudgetRepository,
    private readonly funding: BudgetFunding,
    private readonly reader: ContentReader,
  ) {}

  /**
   * A budget out of balance is kept, with its violations.
   * @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed, CallClosed, BudgetYearOutsideAction, BudgetRowsInvalid, UnknownFunder, LineInProgress
   */
  execute({ actionId, year, version, budget }: WriteBudgetCommand, actor: Actor): Promise<BudgetView> {
    return this.work.run(actor, async (tx) => {
      const dossier = await this.editing.begin(tx, actor, await this.actions.dossierOf(tx.query, actionId));
      const action = await this.actions.get(tx.query, actionId);
      const existing = await this.budgets.of(tx.query, actionId, year);
      if (existing) assertVersion(version, existing.version);
      this.editing.assertEditable(tx, dossier);
      assertBudgetYear(action, year, dossier.terms.callYear);
      assertRows(budget);
      await this.funding.assertFunders(tx.query, budget);

      const written = await this.budgets.write(tx.query, existing, actionId, year, budget);
      await this.funding.sync(tx, dossier, actionId, year, budget);
      await this.editing.refreshPerimeter(tx, dossier.id);
      const after = await this.editing.finish(tx, dossier);
      tx.audit('budget.written', { type: 'budget', id: written.id }, existing, written);
      return this.reader.ofBudget(tx.query, after, written, 'applicant');
    });
  }
}
