import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { assertAction, MOST_ACTIONS, type ActionContent } from '../domain/action.js';
import { TooManyActions } from '../domain/dossier.errors.js';
import { ActionRepository } from '../persistence/action.repository.js';
import type { ActionView } from './content.views.js';
import { DossierEditing } from './editing.js';

export interface AddActionCommand {
  readonly dossierId: string;
  readonly action: ActionContent;
}

@Injectable()
export class AddAction {
  constructor(
    private readonly work: UnitOfWork,
    private readonly editing: DossierEditing,
    private readonly actions: ActionRepository,
  ) {}

  /** @throws NotFound, Forbidden, ActNotAllowed, CallClosed, TooManyActions, ActionInvalid */
  execute({ dossierId, action: content }: AddActionCommand, actor: Actor): Promise<ActionView> {
    return this.work.run(actor, async (tx) => {
      const before = await this.editing.begin(tx, actor, dossierId);
      this.editing.assertEditable(tx, before);
      if ((await this.actions.count(tx.query, dossierId)) >= MOST_ACTIONS) throw new TooManyActions(MOST_ACTIONS);
      assertAction(content, await this.actions.references(tx.query, dossierId, content), before.terms.callYear);
      const action = await this.actions.insert(tx.query, dossierId, content);
      await this.editing.refreshPerimeter(tx, dossierId);
      const after = await this.editing.finish(tx, before);
      tx.audit('action.added', { type: 'action', id: action.id }, null, { dossierId, ...content });
      return { ...action, budgets: [], dossierVersion: after.version };
    });
  }
}
