import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { assertAction, assertBudgetsWithin, type Action, type ActionContent } from '../domain/action.js';
import { changesAction } from '../domain/action-change.js';
import { ActionRepository } from '../persistence/action.repository.js';
import { BudgetRepository } from '../persistence/budget.repository.js';
import { ContentReader } from './content.reader.js';
import type { ActionView } from './content.views.js';
import { DossierEditing } from './editing.js';

export interface EditActionCommand {
  readonly actionId: string;
  /** Of the action. */
  readonly version: ExpectedVersion;
  readonly change: Partial<ActionContent>;
}

@Injectable()
export class EditAction {
  constructor(
    private readonly work: UnitOfWork,
    private readonly editing: DossierEditing,
    private readonly actions: ActionRepository,
    private readonly budgets: BudgetRepository,
    private readonly reader: ContentReader,
  ) {}

  /**
   * What says nothing new changes nothing: neither versions nor attestation move.
   * @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed, CallClosed, ActionInvalid, BudgetOutsideDates
   */
  execute({ actionId, version, change }: EditActionCommand, actor: Actor): Promise<ActionView> {
    return this.work.run(actor, async (tx) => {
      const dossier = await this.editing.begin(tx, actor, await this.actions.dossierOf(tx.query, actionId));
      const before = await this.actions.get(tx.query, actionId);
      assertVersion(version, before.version);
      this.editing.assertEditable(tx, dossier);
      if (!changesAction(before, change)) return this.reader.ofAction(tx.query, dossier, before, 'applicant');
      const action: Action = { ...before, ...change, version: before.version + 1 };
      assertAction(action, await this.actions.references(tx.query, dossier.id, action), dossier.terms.callYear);
      const budgets = await this.budgets.ofAction(tx.query, actionId);
      assertBudgetsWithin(
        action,
        budgets.map(({ year }) => year),
        dossier.terms.callYear,
      );
      await this.actions.update(tx.query, action);
      await this.editing.refreshPerimeter(tx, dossier.id);
      const after = await this.editing.finish(tx, dossier);
      tx.audit('action.edited', { type: 'action', id: actionId }, before, action);
      return this.reader.ofAction(tx.query, after, action, 'applicant');
    });
  }
}
