import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { groupBy } from '../../../kernel/group-by.js';
import { newId } from '../../../kernel/id.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import { toJson } from '../../../platform/database/json.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ChorusEntry, ChorusRowStatus } from '../domain/chorus-import.js';
import type { CandidateLine, Finding } from '../domain/chorus-matching.js';

/** A row of an import, as it stands. */
export interface ChorusRow extends ChorusEntry {
  readonly id: string;
  readonly status: ChorusRowStatus;
  readonly reason: string | null;
  readonly lineId: string | null;
  readonly suggestedLineIds: readonly string[];
  readonly paymentId: string | null;
}

/** Whose lines a row may be matched to. */
export interface Reach {
  readonly departmentCodes: readonly string[];
  readonly exceptOrganisations: readonly string[];
}

/** What one organisation was paid by an import. */
export interface PaidOrganisation {
  readonly organisationId: string;
  readonly paymentIds: readonly string[];
}

const COLUMNS = `id, sheet, row_number AS "rowNumber", ej, ej_item AS "ejItem", dp, dp_item AS "dpItem", year, siret, supplier,
  amount_cents AS "amountCents", paid_on AS "paidOn", status, reason, funding_line_id AS "lineId", suggested_line_ids AS "suggestedLineIds",
  payment_id AS "paymentId"`;

@Injectable()
export class ChorusRowRepository {
  /**
   * The granted lines of programme 147 within reach, by SIRET: all of them at once, because they are some thousands at most, and asking for those
   * of each batch took longer than reading the file.
   */
  async candidates(query: Query, reach: Reach): Promise<ReadonlyMap<string, readonly CandidateLine[]>> {
    const lines = await query<CandidateLine>(
      `SELECT id, siret, year, ej_number AS "ejNumber", state, granted_cents AS "grantedCents", paid_cents AS "paidCents" FROM payable_lines
       WHERE is_programme147 AND department_code = ANY ($1) AND organisation_id <> ALL ($2::uuid[]) AND granted_cents IS NOT NULL
       ORDER BY id`,
      [reach.departmentCodes, reach.exceptOrganisations],
    );
    return groupBy(lines, ({ siret }) => siret);
  }

  /** The places in `entries` of those that some import applied, and did not reverse. */
  async appliedOf(query: Query, entries: readonly ChorusEntry[]): Promise<ReadonlySet<number>> {
    const rows = await query<{ place: bigint }>(
      `SELECT k.place - 1 AS place
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[]) WITH ORDINALITY AS k (ej, ej_item, dp, dp_item, year, place)
       CROSS JOIN LATERAL (
         -- OFFSET 0: one look at the index of applied rows a key, however few rows PostgreSQL believes there are.
         SELECT FROM chorus_rows r WHERE r.status = 'applied' AND (r.ej, r.ej_item, r.dp, r.dp_item, r.year) = (k.ej, k.ej_item, k.dp, k.dp_item, k.year)
         OFFSET 0) AS applied`,
      [
        entries.map(({ ej }) => ej),
        entries.map(({ ejItem }) => ejItem),
        entries.map(({ dp }) => dp),
        entries.map(({ dpItem }) => dpItem),
        entries.map(({ year }) => year),
      ],
    );
    return new Set(rows.map(({ place }) => Number(place)));
  }

  async add(query: Query, importId: string, rows: readonly { readonly entry: ChorusEntry; readonly finding: Finding }[]): Promise<void> {
    const of = <Value>(value: (row: { entry: ChorusEntry; finding: Finding }) => Value): Value[] => rows.map(value);
    await query(
      `INSERT INTO chorus_rows (id, import_id, sheet, row_number, ej, ej_item, dp, dp_item, year, siret, supplier, amount_cents, paid_on, status,
         reason, funding_line_id, suggested_line_ids)
       SELECT r.id, $1, r.sheet, r.row_number, r.ej, r.ej_item, r.dp, r.dp_item, r.year, r.siret, r.supplier, r.cents, r.paid_on, r.status,
         r.reason, r.line, coalesce(string_to_array(r.suggested, ',')::uuid[], '{}')
       FROM unnest($2::uuid[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[], $9::integer[], $10::text[], $11::text[],
         $12::bigint[], $13::date[], $14::text[], $15::text[], $16::uuid[], $17::text[])
         AS r (id, sheet, row_number, ej, ej_item, dp, dp_item, year, siret, supplier, cents, paid_on, status, reason, line, suggested)`,
      [
        importId,
        of(() => newId()),
        of(({ entry }) => entry.sheet),
        of(({ entry }) => entry.rowNumber),
        of(({ entry }) => entry.ej),
        of(({ entry }) => entry.ejItem),
        of(({ entry }) => entry.dp),
        of(({ entry }) => entry.dpItem),
        of(({ entry }) => entry.year),
        of(({ entry }) => entry.siret),
        of(({ entry }) => entry.supplier),
        of(({ entry }) => entry.amountCents),
        of(({ entry }) => entry.paidOn),
        of(({ finding }) => finding.status),
        of(({ finding }) => finding.reason),
        of(({ finding }) => finding.lineId),
        of(({ finding }) => (finding.suggestedLineIds.length === 0 ? null : finding.suggestedLineIds.join(','))),
      ],
    );
  }

  async page(query: Query, importId: string, status: string | null, page: PageRequest): Promise<Page<ChorusRow>> {
    const rows = await query<ChorusRow>(
      `SELECT ${COLUMNS} FROM chorus_rows WHERE import_id = $1 AND ($2::text IS NULL OR status = $2) AND ($3::uuid IS NULL OR id > $3)
       ORDER BY id LIMIT $4`,
      [importId, status, page.after?.[0] ?? null, page.limit + 1],
    );
    const total = page.count ? await this.count(query, importId, status) : undefined;
    return pageOf(rows, page, ({ id }) => [id], total);
  }

  async count(query: Query, importId: string, status: string | null): Promise<number> {
    const sql = 'SELECT count(*)::int AS total FROM chorus_rows WHERE import_id = $1 AND ($2::text IS NULL OR status = $2)';
    const [row] = await query<{ total: number }>(sql, [importId, status]);
    return row?.total ?? 0;
  }

  /** @throws NotFound */
  async lock(query: Query, importId: string, id: string): Promise<ChorusRow> {
    const [row] = await query<ChorusRow>(`SELECT ${COLUMNS} FROM chorus_rows WHERE import_id = $1 AND id = $2 FOR UPDATE`, [importId, id]);
    if (!row) throw new NotFound();
    return row;
  }

  /** Locks the next rows of a status after `after`, in their order. */
  lockNext(query: Query, importId: string, status: ChorusRowStatus, after: string | null, limit: number): Promise<ChorusRow[]> {
    return query<ChorusRow>(
      `SELECT ${COLUMNS} FROM chorus_rows WHERE import_id = $1 AND status = $2 AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4 FOR UPDATE`,
      [importId, status, after, limit],
    );
  }

  /** Writes what became of rows that are locked. */
  save(tx: Tx, importId: string, rows: readonly ChorusRow[]): void {
    if (rows.length === 0) return;
    tx.write(
      `UPDATE chorus_rows r SET status = s.status, reason = s.reason, funding_line_id = s."lineId", payment_id = s."paymentId",
         suggested_line_ids = ARRAY(SELECT jsonb_array_elements_text(s."suggestedLineIds")::uuid)
       FROM jsonb_to_recordset($1::jsonb)
         AS s (id uuid, status text, reason text, "lineId" uuid, "paymentId" uuid, "suggestedLineIds" jsonb)
       WHERE r.import_id = $2 AND r.id = s.id`,
      [
        toJson(
          rows.map(({ id, status, reason, lineId, paymentId, suggestedLineIds }) => ({
            id,
            status,
            reason,
            lineId,
            paymentId,
            suggestedLineIds,
          })),
        ),
        importId,
      ],
    );
  }

  /** Of a line of programme 147 within reach, its beneficiary's SIRET; null when it is none. */
  async siretInReach(query: Query, lineId: string, { departmentCodes, exceptOrganisations }: Reach): Promise<string | null> {
    const [line] = await query<{ siret: string }>(
      `SELECT siret FROM payable_lines
       WHERE id = $1 AND is_programme147 AND department_code = ANY ($2) AND organisation_id <> ALL ($3::uuid[])`,
      [lineId, departmentCodes, exceptOrganisations],
    );
    return line?.siret ?? null;
  }

  /** The payments of an import that nobody was told of yet, an organisation at a time. From now on they are told. */
  takeUntold(tx: Tx, importId: string): Promise<PaidOrganisation[]> {
    return this.takePayments(tx, `SET told_at = $2 WHERE import_id = $1 AND status = 'applied' AND told_at IS NULL`, [importId, tx.at]);
  }

  /** Those that their organisations were told of, and that are undone. From now on they are not told any more. */
  takeTold(tx: Tx, importId: string): Promise<PaidOrganisation[]> {
    return this.takePayments(tx, `SET told_at = NULL WHERE import_id = $1 AND status = 'reversed' AND told_at IS NOT NULL`, [importId]);
  }

  private takePayments(tx: Tx, change: string, params: readonly unknown[]): Promise<PaidOrganisation[]> {
    return tx.query(
      `WITH told AS (UPDATE chorus_rows ${change} RETURNING payment_id, funding_line_id)
       SELECT l.organisation_id AS "organisationId", json_agg(t.payment_id ORDER BY t.payment_id) AS "paymentIds"
       FROM told t JOIN funding_lines l ON l.id = t.funding_line_id GROUP BY 1 ORDER BY 1`,
      params,
    );
  }
}
