import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { Money } from '../../../kernel/money.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { ProgrammingFilter, ProgrammingRow, ProgrammingSort } from '../domain/programming-row.js';
import type { Perimeter, Scope } from '../../../kernel/scope.js';
import { countStatement, ONE_ROW, pageStatement } from './programming-table.sql.js';

type Row = Omit<ProgrammingRow, 'firstApproval'> & {
  readonly firstApproverId: string | null;
  readonly firstApprovedCents: Money | null;
  readonly firstApprovedAt: Date | null;
};

/** Puts the columns of the first approval together, in place: a page has 50 rows, and a spread of each costs more than all the rest. */
function toRow(row: Row): ProgrammingRow {
  const { firstApproverId: approverId, firstApprovedCents: amountCents, firstApprovedAt: at } = row;
  const firstApproval = approverId === null || amountCents === null || at === null ? null : { approverId, amountCents, at };
  return Object.assign(row, { firstApproval });
}

@Injectable()
export class ProgrammingTable {
  /** The lines of submitted dossiers that `sight` lets see, in the order of their ids unless `sort` says another. */
  async page(
    query: Query,
    filter: ProgrammingFilter,
    sight: readonly Scope[],
    request: PageRequest,
    sort?: ProgrammingSort,
  ): Promise<Page<ProgrammingRow>> {
    const { sql, params } = pageStatement(filter, sight, request.after, request.limit + 1, sort);
    const rows = (await query<Row>(sql, params)).map(toRow);
    const keyOf = ({ id, requestedCents }: ProgrammingRow) => (sort === undefined ? [id] : [requestedCents.toString(), id]);
    return pageOf(rows, request, keyOf, request.count ? await this.count(query, filter, sight) : undefined);
  }

  /** One row, with every scope that its dossier is seen from. @throws NotFound */
  async row(query: Query, id: string): Promise<{ row: ProgrammingRow; perimeter: Perimeter }> {
    const [row] = await query<Row>(ONE_ROW, [id]);
    if (!row) throw new NotFound();
    const perimeter = await query<Scope>('SELECT kind, code FROM dossier_perimeters WHERE dossier_id = $1', [row.dossierId]);
    return { row: toRow(row), perimeter };
  }

  private async count(query: Query, filter: ProgrammingFilter, sight: readonly Scope[]): Promise<number> {
    const { sql, params } = countStatement(filter, sight);
    const [row] = await query<{ total: bigint }>(sql, params);
    return Number(row?.total ?? 0n);
  }
}
