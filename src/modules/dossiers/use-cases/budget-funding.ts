import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Funders, FundingLines } from '../../funding/index.js';
import { requestedLines, type Budget } from '../domain/budget.js';
import { wrongFunders } from '../domain/budget-funders.js';
import type { Dossier } from '../domain/dossier.js';
import { UnknownFunder } from '../domain/dossier.errors.js';

/** The money that budgets ask for: each row 74 that names a funder is a funding line. */
@Injectable()
export class BudgetFunding {
  constructor(
    private readonly lines: FundingLines,
    private readonly funders: Funders,
  ) {}

  /** @throws UnknownFunder pointing at each row that names nobody, or a scheme its funder does not have */
  async assertFunders(query: Query, budget: Budget): Promise<void> {
    const named = budget.products.flatMap(({ funderId }) => (funderId ? [funderId] : []));
    const known = new Map((await this.funders.byIds(query, named)).map((funder) => [funder.id, funder]));
    const fields = wrongFunders(budget, known);
    if (fields.length > 0) throw new UnknownFunder(fields);
  }

  /** Makes the lines of that action and year those the budget asks for; none when there is no budget any more. @throws LineInProgress */
  async sync(tx: Tx, dossier: Dossier, actionId: string, year: number, budget: Budget | null): Promise<void> {
    const { id: dossierId, callId, organisationId } = dossier;
    const wanted = budget ? requestedLines(budget) : [];
    await this.lines.sync(
      tx,
      { actionId, dossierId, callId, organisationId, year },
      wanted.map(({ funderId, scheme, amountCents }) => ({ funderId, scheme, requestedCents: amountCents })),
    );
  }
}
