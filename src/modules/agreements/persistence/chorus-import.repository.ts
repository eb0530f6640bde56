import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ChorusImport, ChorusImportState, ChorusRowStatus } from '../domain/chorus-import.js';

/** How many rows of an import are of one status, and their amount. */
export interface ChorusCount {
  readonly status: ChorusRowStatus;
  readonly count: number;
  readonly amountCents: bigint;
}

const COLUMNS = `id, file_id AS "fileId", department_codes AS "departmentCodes", state, version, failure, created_by AS "createdBy",
  created_at AS "createdAt", confirmed_by AS "confirmedBy", confirmed_at AS "confirmedAt", reversed_by AS "reversedBy", reversed_at AS "reversedAt",
  reversal_reason AS "reversalReason"`;

@Injectable()
export class ChorusImportRepository {
  add(tx: Tx, { id, fileId, departmentCodes, createdBy, createdAt }: ChorusImport): void {
    tx.write(`INSERT INTO chorus_imports (id, file_id, department_codes, created_by, created_at) VALUES ($1, $2, $3, $4, $5)`, [
      ...[id, fileId, departmentCodes, createdBy, createdAt],
    ]);
  }

  /** @throws NotFound */
  find(query: Query, id: string): Promise<ChorusImport> {
    return this.one(query, `SELECT ${COLUMNS} FROM chorus_imports WHERE id = $1`, id);
  }

  /** @throws NotFound */
  lock(query: Query, id: string): Promise<ChorusImport> {
    return this.one(query, `SELECT ${COLUMNS} FROM chorus_imports WHERE id = $1 FOR UPDATE`, id);
  }

  save(tx: Tx, after: ChorusImport): void {
    tx.write(
      `UPDATE chorus_imports SET state = $2, version = $3, failure = $4, confirmed_by = $5, confirmed_at = $6, reversed_by = $7, reversed_at = $8,
         reversal_reason = $9 WHERE id = $1`,
      [
        ...[after.id, after.state, after.version, after.failure, after.confirmedBy, after.confirmedAt],
        ...[after.reversedBy, after.reversedAt, after.reversalReason],
      ],
    );
  }

  /** The last one first. `departmentCodes`: those that the reader answers for, which must be all that an import touches. */
  async page(
    query: Query,
    { departmentCodes, state }: { readonly departmentCodes: readonly string[]; readonly state: ChorusImportState | null },
    request: PageRequest,
  ): Promise<Page<ChorusImport>> {
    const kept = 'department_codes <@ $1::text[] AND ($2::text IS NULL OR state = $2)';
    const rows = await query<ChorusImport>(
      `SELECT ${COLUMNS} FROM chorus_imports WHERE ${kept} AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [departmentCodes, state, request.after?.[0] ?? null, request.limit + 1],
    );
    const sql = `SELECT count(*)::int AS total FROM chorus_imports WHERE ${kept}`;
    const [counted] = request.count ? await query<{ total: number }>(sql, [departmentCodes, state]) : [];
    return pageOf(rows, request, ({ id }) => [id], counted?.total);
  }

  /** Of many imports, in the order of their statuses. */
  async countsOf(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, readonly ChorusCount[]>> {
    const rows = await query<ChorusCount & { readonly importId: string }>(
      `SELECT import_id AS "importId", status, count(*)::int AS count, coalesce(sum(amount_cents), 0)::bigint AS "amountCents" FROM chorus_rows
       WHERE import_id = ANY ($1::uuid[]) GROUP BY import_id, status ORDER BY status`,
      [ids],
    );
    return new Map(ids.map((id) => [id, rows.filter(({ importId }) => importId === id).map(({ importId: _, ...count }) => count)]));
  }

  /** Until the commit no other import is applied: two of them that hold the same row of Chorus must not both find it new. */
  async alone(query: Query): Promise<void> {
    await query(`SELECT pg_advisory_xact_lock(hashtextextended('chorus-imports', 0))`);
  }

  private async one(query: Query, sql: string, id: string): Promise<ChorusImport> {
    const [found] = await query<ChorusImport>(sql, [id]);
    if (!found) throw new NotFound();
    return found;
  }
}
