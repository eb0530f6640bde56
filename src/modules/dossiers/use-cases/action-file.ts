import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Action } from '../domain/action.js';
import type { Budget } from '../domain/budget.js';
import { ActionRepository } from '../persistence/action.repository.js';
import { BudgetRepository } from '../persistence/budget.repository.js';
import { DossierRepository } from '../persistence/dossier.repository.js';

/** An action and its budgets as the modules above read them, and the one thing that they may move of it. */
@Injectable()
export class ActionFile {
  constructor(
    private readonly dossiers: DossierRepository,
    private readonly actions: ActionRepository,
    private readonly budgets: BudgetRepository,
  ) {}

  /** @throws NotFound */
  get(query: Query, id: string): Promise<Action> {
    return this.actions.get(query, id);
  }

  /** Null when nothing was written for that year. */
  async budget(query: Query, actionId: string, year: number): Promise<Budget | null> {
    return (await this.budgets.of(query, actionId, year))?.budget ?? null;
  }

  /**
   * Other dates, granted while the action is carried out: the applicant sees them, hence the dossier's version moves. What was attested at the
   * submission stays attested. @throws NotFound
   */
  async moveDates(tx: Tx, actionId: string, dates: { readonly startsOn: Day; readonly endsOn: Day }): Promise<Action> {
    const dossier = await this.dossiers.lock(tx.query, await this.actions.dossierOf(tx.query, actionId));
    const before = await this.actions.get(tx.query, actionId);
    const after: Action = { ...before, startsOn: dates.startsOn, endsOn: dates.endsOn, version: before.version + 1 };
    await this.actions.saveDates(tx.query, after);
    await this.dossiers.save(tx.query, { ...dossier, version: dossier.version + 1, updatedAt: tx.at });
    const said = ({ startsOn, endsOn, version }: Action) => ({ startsOn, endsOn, version });
    tx.audit('action.dates-moved', { type: 'action', id: actionId }, said(before), said(after));
    return after;
  }
}
