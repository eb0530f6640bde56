import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { ProgrammingFilter, ProgrammingRow } from '../domain/programming-row.js';
import type { Perimeter, Scope } from '../../../kernel/scope.js';
import { countStatement, ONE_ROW, pageStatement } from './programming-table.sql.js';

@Injectable()
export class ProgrammingTable {
  /** The lines of submitted dossiers that `sight` lets see, in the order of their ids. */
  async page(query: Query, filter: ProgrammingFilter, sight: readonly Scope[], request: PageRequest): Promise<Page<ProgrammingRow>> {
    const after = request.after?.[0] ?? null;
    const { sql, params } = pageStatement(filter, sight, after === null ? null : String(after), request.limit + 1);
    const rows = await query<ProgrammingRow>(sql, params);
    return pageOf(rows, request, ({ id }) => [id], request.count ? await this.count(query, filter, sight) : undefined);
  }

  /** One row, with every scope that its dossier is seen from. @throws NotFound */
  async row(query: Query, id: string): Promise<{ row: ProgrammingRow; perimeter: Perimeter }> {
    const [row] = await query<ProgrammingRow>(ONE_ROW, [id]);
    if (!row) throw new NotFound();
    const perimeter = await query<Scope>('SELECT kind, code FROM dossier_perimeters WHERE dossier_id = $1', [row.dossierId]);
    return { row, perimeter };
  }

  private async count(query: Query, filter: ProgrammingFilter, sight: readonly Scope[]): Promise<number> {
    const { sql, params } = countStatement(filter, sight);
    const [row] = await query<{ total: bigint }>(sql, params);
    return Number(row?.total ?? 0n);
  }
}
