import { Injectable } from '@nestjs/common';
import { groupBy } from '../../../kernel/group-by.js';
import { newId } from '../../../kernel/id.js';
import { cents } from '../../../kernel/money.js';
import type { Query } from '../../../platform/database/query.js';
import type { Budget } from '../domain/budget.js';
import type { StoredBudget } from '../domain/content.js';

interface BudgetRow {
  readonly id: string;
  readonly action_id: string;
  readonly year: number;
  readonly version: number;
  readonly side: 'charge' | 'product' | null;
  readonly account: string;
  readonly label: string | null;
  readonly amount_cents: bigint;
  readonly funder_id: string | null;
  readonly scheme: string | null;
}

const SELECT_BUDGETS = `
  SELECT b.id, b.action_id, b.year, b.version, r.side, r.account, r.label, r.amount_cents, r.funder_id, r.scheme
  FROM budgets b
  JOIN actions a ON a.id = b.action_id AND a.removed_at IS NULL
  LEFT JOIN budget_rows r ON r.budget_id = b.id`;
const IN_ORDER = 'ORDER BY b.action_id, b.year, r.side, r.position';

@Injectable()
export class BudgetRepository {
  async ofDossier(query: Query, dossierId: string): Promise<StoredBudget[]> {
    return toBudgets(await query<BudgetRow>(`${SELECT_BUDGETS} WHERE a.dossier_id = $1 ${IN_ORDER}`, [dossierId]));
  }

  async ofAction(query: Query, actionId: string): Promise<StoredBudget[]> {
    return toBudgets(await query<BudgetRow>(`${SELECT_BUDGETS} WHERE b.action_id = $1 ${IN_ORDER}`, [actionId]));
  }

  /** null when nothing was written for that year. */
  async of(query: Query, actionId: string, year: number): Promise<StoredBudget | null> {
    const rows = await query<BudgetRow>(`${SELECT_BUDGETS} WHERE b.action_id = $1 AND b.year = $2 ${IN_ORDER}`, [actionId, year]);
    return toBudgets(rows)[0] ?? null;
  }

  /** Writes all the rows of that year. The dossier is locked: `existing` is what is stored. */
  async write(query: Query, existing: StoredBudget | null, actionId: string, year: number, budget: Budget): Promise<StoredBudget> {
    const id = existing?.id ?? newId();
    const version = (existing?.version ?? 0) + 1;
    if (existing) {
      await query('UPDATE budgets SET version = $2 WHERE id = $1', [id, version]);
      await query('DELETE FROM budget_rows WHERE budget_id = $1', [id]);
    } else {
      await query('INSERT INTO budgets (id, action_id, year, version) VALUES ($1, $2, $3, $4)', [id, actionId, year, version]);
    }
    await this.insertRows(query, id, budget);
    return { id, actionId, year, version, budget };
  }

  async remove(query: Query, budgetId: string): Promise<void> {
    await query('DELETE FROM budget_rows WHERE budget_id = $1', [budgetId]);
    await query('DELETE FROM budgets WHERE id = $1', [budgetId]);
  }

  private async insertRows(query: Query, budgetId: string, budget: Budget): Promise<void> {
    const rows = [
      ...budget.charges.map((row, position) => ({ side: 'charge', position, ...row, funderId: null, scheme: null })),
      ...budget.products.map((row, position) => ({ side: 'product', position, ...row })),
    ];
    await query(
      `INSERT INTO budget_rows (id, budget_id, side, position, account, label, amount_cents, funder_id, scheme)
       SELECT r.id, $1, r.side, r.position, r.account, r.label, r.amount_cents, r.funder_id, r.scheme
       FROM unnest($2::uuid[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::bigint[], $8::uuid[], $9::text[])
         AS r (id, side, position, account, label, amount_cents, funder_id, scheme)`,
      [
        budgetId,
        rows.map(() => newId()),
        rows.map((row) => row.side),
        rows.map((row) => row.position),
        rows.map((row) => row.account),
        rows.map((row) => row.label ?? null),
        rows.map((row) => row.amountCents),
        rows.map((row) => row.funderId ?? null),
        rows.map((row) => row.scheme ?? null),
      ],
    );
  }
}

function toBudgets(rows: readonly BudgetRow[]): StoredBudget[] {
  return [...groupBy(rows, ({ id }) => id).values()].map((own) => {
    const [{ id, action_id: actionId, year, version }] = own;
    const charges = own
      .filter((row) => row.side === 'charge')
      .map(({ account, label, amount_cents }) => ({ account, label, amountCents: cents(amount_cents) }));
    const products = own
      .filter((row) => row.side === 'product')
      .map(({ account, label, amount_cents, funder_id: funderId, scheme }) => ({
        account,
        label,
        amountCents: cents(amount_cents),
        funderId,
        scheme,
      }));
    return { id, actionId, year, version, budget: { charges, products } };
  });
}
