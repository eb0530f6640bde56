import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { Funders, FundingLines, type Funder, type FundingLine } from '../../funding/index.js';
import type { Action } from '../domain/action.js';
import { checkBudget, type BudgetRules } from '../domain/budget-check.js';
import { missingFrom, type CompletenessRules } from '../domain/completeness.js';
import type { BudgetedAction, StoredBudget } from '../domain/content.js';
import type { FieldError } from '../../../kernel/errors.js';
import { BudgetRepository } from '../persistence/budget.repository.js';
import { ContentRepository } from '../persistence/content.repository.js';
import type { DossierWithTerms } from '../persistence/dossier.repository.js';
import { lineView, type ActionView, type BudgetView, type Reading } from './content.views.js';

/** What a dossier holds, to whoever may read it. */
export interface StoredContent {
  readonly actions: readonly BudgetedAction[];
  readonly lines: readonly FundingLine[];
  /** Of every funder, by id. */
  readonly funderKinds: BudgetRules['funderKinds'];
}

/** A dossier's actions and budgets, checked against its call, with their funding lines as the reader may see them. */
@Injectable()
export class ContentReader {
  constructor(
    private readonly content: ContentRepository,
    private readonly budgets: BudgetRepository,
    private readonly lines: FundingLines,
    private readonly funders: Funders,
  ) {}

  /** All that is stored of it, asked for at once: `views` says what of it a reader gets. */
  async ofDossier(query: Query, dossierId: string): Promise<StoredContent> {
    const [actions, lines, funderKinds] = await Promise.all([
      this.content.actionsOf(query, dossierId),
      this.lines.ofDossier(query, dossierId),
      this.funders.kinds(query),
    ]);
    return { actions, lines, funderKinds };
  }

  views({ actions, lines, funderKinds }: StoredContent, dossier: DossierWithTerms, reading: Reading): ActionView[] {
    const rules = budgetRules(dossier, funderKinds);
    return actions.map((action) => ({
      ...action,
      budgets: action.budgets.map((budget) => budgetView(budget, lines, rules, dossier, reading)),
      dossierVersion: dossier.version,
    }));
  }

  async ofAction(query: Query, dossier: DossierWithTerms, action: Action, reading: Reading): Promise<ActionView> {
    const [stored, lines, funderKinds] = await Promise.all([
      this.budgets.ofAction(query, action.id),
      this.lines.ofAction(query, action.id),
      this.funders.kinds(query),
    ]);
    const rules = budgetRules(dossier, funderKinds);
    const budgets = stored.map((budget) => budgetView(budget, lines, rules, dossier, reading));
    return { ...action, budgets, dossierVersion: dossier.version };
  }

  async ofBudget(query: Query, dossier: DossierWithTerms, stored: StoredBudget, reading: Reading): Promise<BudgetView> {
    const [lines, funderKinds] = await Promise.all([this.lines.ofAction(query, stored.actionId), this.funders.kinds(query)]);
    return budgetView(stored, lines, budgetRules(dossier, funderKinds), dossier, reading);
  }

  /** What is missing before submission; empty when nothing is. */
  async missing(query: Query, dossier: DossierWithTerms, actions: readonly BudgetedAction[]): Promise<FieldError[]> {
    const funders = await this.named(query, budgetsOf(actions));
    const orientationCodes = await this.content.orientationsFor(query, dossier.id);
    const departments = await this.content.departmentsOf(query, dossier.id);
    const { callYear } = dossier.terms;
    const rules: CompletenessRules = {
      ...budgetRules(dossier, new Map(funders.map(({ id, kind }) => [id, kind]))),
      ...{ callYear, orientationCodes, departmentFunders: departmentFunders(funders) },
    };
    return missingFrom(
      actions.map((action) => ({ ...action, departments: departments.get(action.id) ?? [] })),
      rules,
    );
  }

  private named(query: Query, budgets: readonly StoredBudget[]): Promise<Funder[]> {
    const ids = new Set(budgets.flatMap(({ budget }) => budget.products.flatMap(({ funderId }) => (funderId ? [funderId] : []))));
    return this.funders.byIds(query, [...ids]);
  }
}

function budgetRules({ terms }: DossierWithTerms, funderKinds: BudgetRules['funderKinds']): BudgetRules {
  return { ceilingPercent: terms.publicMoneyCeilingPercent, funderKinds };
}

/** A line of programme 147 is proposed and approved by those of its département: they see no action elsewhere. */
function departmentFunders(funders: readonly Funder[]): CompletenessRules['departmentFunders'] {
  return new Map(
    funders.flatMap(({ id, name, departmentCode, isProgramme147 }) =>
      isProgramme147 && departmentCode !== null ? [[id, { name, departmentCode }] as const] : [],
    ),
  );
}

const budgetsOf = (actions: readonly BudgetedAction[]): StoredBudget[] => actions.flatMap(({ budgets }) => budgets);

function budgetView(
  stored: StoredBudget,
  lines: readonly FundingLine[],
  rules: BudgetRules,
  dossier: DossierWithTerms,
  reading: Reading,
): BudgetView {
  const own = lines.filter(({ actionId, year }) => actionId === stored.actionId && year === stored.year);
  return {
    ...stored,
    check: checkBudget(stored.budget, rules),
    fundingLines: own.map((line) => lineView(line, dossier, reading)),
    dossierVersion: dossier.version,
  };
}
