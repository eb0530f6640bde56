import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import { EnvelopeAlreadyOpen } from '../domain/envelope.errors.js';
import type { OpenedEnvelope, RecordedMovement } from '../domain/opened-envelope.js';
import type { Perimeter, Scope } from '../../../kernel/scope.js';

export interface EnvelopeFilter {
  readonly funderId?: string;
  readonly year?: number;
  readonly department?: string;
}

/** An envelope with every scope that it is seen from. */
export interface EnvelopeInView {
  readonly envelope: OpenedEnvelope;
  readonly perimeter: Perimeter;
}

export interface NewEnvelope {
  readonly id: string;
  readonly funderId: string;
  readonly programme: string;
  readonly year: number;
  readonly departmentCode: string | null;
  readonly createdBy: string;
}

const UNIQUE_VIOLATION = '23505';

const COLUMNS = `e.id, e.funder_id AS "funderId", f.code AS "funderCode", f.name AS "funderName", e.programme, e.year,
  e.department_code AS "departmentCode", e.ceiling_ae_cents AS "ceilingAeCents", e.ceiling_cp_cents AS "ceilingCpCents",
  e.reserved_cents AS "reservedCents", e.committed_cents AS "committedCents", e.delegated_cents AS "delegatedCents", e.paid_cents AS "paidCents",
  e.version`;
const PERIMETER = `(SELECT json_agg(json_build_object('kind', s.kind, 'code', s.code)) FROM envelope_scopes s WHERE s.envelope_id = e.id)`;
const ENVELOPES = 'envelopes e JOIN funders f ON f.id = e.funder_id';
const FILTER = `($1::uuid IS NULL OR e.funder_id = $1) AND ($2::integer IS NULL OR e.year = $2) AND ($3::text IS NULL OR e.department_code = $3)
  AND EXISTS (SELECT FROM envelope_scopes s JOIN unnest($4::text[], $5::text[]) AS seen (kind, code) USING (kind, code) WHERE s.envelope_id = e.id)`;

@Injectable()
export class EnvelopeRepository {
  /** Empty: its ceilings come with the first movement of its ledger. @throws EnvelopeAlreadyOpen */
  async create(query: Query, envelope: NewEnvelope): Promise<void> {
    const { id, funderId, programme, year, departmentCode, createdBy } = envelope;
    try {
      await query(
        `INSERT INTO envelopes (id, funder_id, programme, year, department_code, ceiling_ae_cents, ceiling_cp_cents, version, created_by)
         VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6)`,
        [id, funderId, programme, year, departmentCode, createdBy],
      );
    } catch (error) {
      if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) throw new EnvelopeAlreadyOpen();
      throw error;
    }
  }

  /** @throws NotFound */
  find(query: Query, id: string): Promise<EnvelopeInView> {
    return this.one(query, `SELECT ${COLUMNS}, ${PERIMETER} AS perimeter FROM ${ENVELOPES} WHERE e.id = $1`, id);
  }

  /** @throws NotFound */
  lock(query: Query, id: string): Promise<EnvelopeInView> {
    return this.one(query, `SELECT ${COLUMNS}, ${PERIMETER} AS perimeter FROM ${ENVELOPES} WHERE e.id = $1 FOR NO KEY UPDATE OF e`, id);
  }

  /** Those that exist among `ids`. */
  byIds(query: Query, ids: readonly string[]): Promise<OpenedEnvelope[]> {
    return query<OpenedEnvelope>(`SELECT ${COLUMNS} FROM ${ENVELOPES} WHERE e.id = ANY ($1::uuid[]) ORDER BY e.id`, [ids]);
  }

  async list(query: Query, filter: EnvelopeFilter, sight: readonly Scope[], page: PageRequest): Promise<Page<OpenedEnvelope>> {
    const filters = [
      ...[filter.funderId ?? null, filter.year ?? null, filter.department ?? null],
      ...[sight.map(({ kind }) => kind), sight.map(({ code }) => code)],
    ];
    const rows = await query<OpenedEnvelope>(
      `SELECT ${COLUMNS} FROM ${ENVELOPES} WHERE ${FILTER} AND ($6::uuid IS NULL OR e.id > $6) ORDER BY e.id LIMIT $7`,
      [...filters, page.after?.[0] ?? null, page.limit + 1],
    );
    return pageOf(
      rows,
      page,
      ({ id }) => [id],
      page.count ? await count(query, `SELECT count(*) AS total FROM ${ENVELOPES} WHERE ${FILTER}`, filters) : undefined,
    );
  }

  async movements(query: Query, envelopeId: string, page: PageRequest): Promise<Page<RecordedMovement>> {
    const rows = await query<RecordedMovement>(
      `SELECT id, position, kind, ae_cents AS "aeCents", cp_cents AS "cpCents", funding_line_id AS "fundingLineId", dossier_id AS "dossierId",
         dossier_number AS "dossierNumber", reason, actor_id AS "actorId", actor_name AS "actorName", at
       FROM ledger WHERE envelope_id = $1 AND ($2::bigint IS NULL OR position > $2) ORDER BY position LIMIT $3`,
      [envelopeId, page.after?.[0] ?? null, page.limit + 1],
    );
    const total = page.count
      ? await count(query, 'SELECT count(*) AS total FROM movements WHERE envelope_id = $1', [envelopeId])
      : undefined;
    return pageOf(rows, page, ({ position }) => [position.toString()], total);
  }

  private async one(query: Query, sql: string, id: string): Promise<EnvelopeInView> {
    const [row] = await query<OpenedEnvelope & { perimeter: Perimeter }>(sql, [id]);
    if (!row) throw new NotFound();
    const { perimeter, ...envelope } = row;
    return { envelope, perimeter };
  }
}

async function count(query: Query, sql: string, params: readonly unknown[]): Promise<number> {
  const [row] = await query<{ total: bigint }>(sql, params);
  return Number(row?.total ?? 0n);
}
