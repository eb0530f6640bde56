import type { Action } from './action.js';
import type { Budget } from './budget.js';
import type { Dossier } from './dossier.js';

/** The budget of an action for a year, as stored. */
export interface StoredBudget {
  readonly id: string;
  readonly actionId: string;
  readonly year: number;
  readonly version: number;
  readonly budget: Budget;
}

export type BudgetedAction = Action & { readonly budgets: readonly StoredBudget[] };

/** What the signatory attests, and what a snapshot keeps: all that the applicant wrote, none of the versions nor of what others did. */
export interface AttestedContent {
  readonly number: string;
  readonly title: string;
  readonly callId: string;
  readonly organisationId: string;
  readonly trackCode: string;
  readonly actions: readonly AttestedAction[];
}

export type AttestedAction = Omit<Action, 'dossierId' | 'position' | 'version'> & {
  readonly budgets: readonly ({ readonly year: number } & Budget)[];
};

export function attestedContent(dossier: Dossier, actions: readonly BudgetedAction[]): AttestedContent {
  return {
    number: dossier.number,
    title: dossier.title,
    callId: dossier.callId,
    organisationId: dossier.organisationId,
    trackCode: dossier.trackCode,
    actions: actions.map(({ dossierId: _dossier, position: _position, version: _version, budgets, ...action }) => ({
      ...action,
      budgets: budgets.map(({ year, budget }) => ({ year, ...budget })),
    })),
  };
}
