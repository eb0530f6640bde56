import { type FieldError, Unprocessable } from '../../../kernel/errors.js';
import type { Money } from '../../../kernel/money.js';
import { isChargeAccount, isProductAccount } from './accounts.js';

export interface ChargeRow {
  readonly account: string;
  readonly label?: string | null;
  readonly amountCents: Money;
}

export interface ProductRow extends ChargeRow {
  /** Only on a row 74: the funder of the system that is asked. */
  readonly funderId?: string | null;
  readonly scheme?: string | null;
}

/** The budget of one action for one year. */
export interface Budget {
  readonly charges: readonly ChargeRow[];
  readonly products: readonly ProductRow[];
}

/** A row 74 that asks money of a funder of the system: it becomes a funding line. */
export interface RequestedLine {
  readonly funderId: string;
  readonly scheme: string | null;
  readonly amountCents: Money;
}

export class BudgetRowsInvalid extends Unprocessable {
  constructor(fields: readonly FieldError[]) {
    super('BUDGET_ROWS_INVALID', 'Des lignes du budget ne peuvent pas être enregistrées : voyez le détail de chacune.', fields);
  }
}

/** Refuses rows that have no meaning; a budget that is merely out of balance is stored, with its violations. @throws BudgetRowsInvalid */
export function assertRows(budget: Budget): void {
  const fields: FieldError[] = [];
  const report = (pointer: string, code: string, detail: string): void => void fields.push({ pointer, code, detail });
  const checkRow = (side: 'charges' | 'products', row: ChargeRow, index: number, known: boolean): void => {
    if (!known) report(`/${side}/${index}/account`, 'UNKNOWN_ACCOUNT', `Le compte « ${row.account} » n'existe pas de ce côté du budget.`);
    if (row.amountCents < 0n) report(`/${side}/${index}/amountCents`, 'NEGATIVE_AMOUNT', 'Un montant du budget ne peut pas être négatif.');
  };
  const asked = new Set<string>();
  budget.charges.forEach((row, index) => checkRow('charges', row, index, isChargeAccount(row.account)));
  budget.products.forEach((row, index) => {
    checkRow('products', row, index, isProductAccount(row.account));
    if (row.scheme && !row.funderId)
      report(`/products/${index}/scheme`, 'SCHEME_WITHOUT_FUNDER', 'Un dispositif se précise avec son financeur.');
    if (!row.funderId) return;
    if (row.account !== '74') report(`/products/${index}/funderId`, 'FUNDER_OUTSIDE_74', 'Un financeur ne se nomme que sur une ligne 74.');
    const key = JSON.stringify([row.funderId, schemeOf(row)]);
    if (asked.has(key)) {
      report(
        `/products/${index}/funderId`,
        'DUPLICATE_FUNDER',
        'Ce financeur est déjà sollicité pour ce dispositif : réunissez les deux lignes.',
      );
    }
    asked.add(key);
  });
  if (fields.length > 0) throw new BudgetRowsInvalid(fields);
}

/** A row of 0 € names a funder without asking anything of it, and makes no line. */
export function requestedLines(budget: Budget): RequestedLine[] {
  return budget.products.flatMap((row) =>
    row.account === '74' && row.funderId && row.amountCents > 0n
      ? [{ funderId: row.funderId, scheme: schemeOf(row), amountCents: row.amountCents }]
      : [],
  );
}

function schemeOf(row: ProductRow): string | null {
  return row.scheme ? row.scheme : null;
}
