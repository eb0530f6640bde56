import { Injectable } from '@nestjs/common';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { PocketLimit } from '../domain/pocket-limit.js';

export interface PocketLimitFilter {
  readonly department?: string;
  readonly year?: number;
}

const COLUMNS = `p.id, p.department_code AS "departmentCode", p.year, p.base_cents AS "baseCents", p.source, p.used_cents AS "usedCents", p.version,
  p.entered_by AS "enteredBy", p.entered_at AS "enteredAt"`;
const FILTER = `($1::text IS NULL OR p.department_code = $1) AND ($2::integer IS NULL OR p.year = $2)
  AND EXISTS (SELECT FROM pocket_limit_scopes s JOIN unnest($3::text[], $4::text[]) AS seen (kind, code) USING (kind, code)
              WHERE s.department_code = p.department_code)`;

@Injectable()
export class PocketLimitRepository {
  /** Locks the limit of a département for a year; undefined when nobody entered it. */
  async lock(query: Query, departmentCode: string, year: number): Promise<PocketLimit | undefined> {
    const [limit] = await query<PocketLimit>(
      `SELECT ${COLUMNS} FROM pocket_limits p WHERE p.department_code = $1 AND p.year = $2 FOR NO KEY UPDATE`,
      [departmentCode, year],
    );
    return limit;
  }

  /** @returns whether it is written: false when somebody entered it meanwhile */
  async add(query: Query, limit: PocketLimit): Promise<boolean> {
    const { id, departmentCode, year, baseCents, source, version, enteredBy, enteredAt } = limit;
    const added = await query(
      `INSERT INTO pocket_limits (id, department_code, year, base_cents, source, version, entered_by, entered_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (department_code, year) DO NOTHING RETURNING id`,
      [id, departmentCode, year, baseCents, source, version, enteredBy, enteredAt],
    );
    return added.length > 0;
  }

  /** Writes another base on a limit that is locked; what is used moves with the ledger only. */
  save(tx: Tx, { id, baseCents, source, version, enteredBy, enteredAt }: PocketLimit): void {
    tx.write('UPDATE pocket_limits SET base_cents = $2, source = $3, version = $4, entered_by = $5, entered_at = $6 WHERE id = $1', [
      ...[id, baseCents, source, version],
      ...[enteredBy, enteredAt],
    ]);
  }

  async departmentExists(query: Query, code: string): Promise<boolean> {
    return (await query('SELECT FROM departments WHERE code = $1', [code])).length > 0;
  }

  async list(query: Query, filter: PocketLimitFilter, sight: readonly Scope[], page: PageRequest): Promise<Page<PocketLimit>> {
    const filters = [filter.department ?? null, filter.year ?? null, sight.map(({ kind }) => kind), sight.map(({ code }) => code)];
    const rows = await query<PocketLimit>(
      `SELECT ${COLUMNS} FROM pocket_limits p WHERE ${FILTER} AND ($5::uuid IS NULL OR p.id > $5) ORDER BY p.id LIMIT $6`,
      [...filters, page.after?.[0] ?? null, page.limit + 1],
    );
    const total = page.count
      ? (await query<{ total: bigint }>(`SELECT count(*) AS total FROM pocket_limits p WHERE ${FILTER}`, filters))[0]
      : undefined;
    return pageOf(rows, page, ({ id }) => [id], total && Number(total.total));
  }
}
