import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { isPrivate } from '../domain/dossier.js';
import { ActionNotRemovable } from '../domain/dossier.errors.js';
import { ActionRepository } from '../persistence/action.repository.js';
import { BudgetRepository } from '../persistence/budget.repository.js';
import { BudgetFunding } from './budget-funding.js';
import { DossierEditing } from './editing.js';

export interface RemoveActionCommand {
  readonly actionId: string;
  readonly version: ExpectedVersion;
}

/** Takes an action out of a draft, with what it asked for. */
@Injectable()
export class RemoveAction {
  constructor(
    private readonly work: UnitOfWork,
    private readonly editing: DossierEditing,
    private readonly actions: ActionRepository,
    private readonly budgets: BudgetRepository,
    private readonly funding: BudgetFunding,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed, CallClosed, ActionNotRemovable */
  execute({ actionId, version }: RemoveActionCommand, actor: Actor): Promise<void> {
    return this.work.run(actor, async (tx) => {
      const dossier = await this.editing.begin(tx, actor, await this.actions.dossierOf(tx.query, actionId));
      const action = await this.actions.get(tx.query, actionId);
      assertVersion(version, action.version);
      this.editing.assertEditable(tx, dossier);
      if (!isPrivate(dossier)) throw new ActionNotRemovable();
      for (const { year } of await this.budgets.ofAction(tx.query, actionId)) {
        await this.funding.sync(tx, dossier, actionId, year, null);
      }
      await this.actions.remove(tx.query, actionId, tx.at);
      await this.editing.refreshPerimeter(tx, dossier.id);
      await this.editing.finish(tx, dossier);
      tx.audit('action.removed', { type: 'action', id: actionId }, action, null);
    });
  }
}
