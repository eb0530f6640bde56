import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { EnvelopeAlreadyOpen, EnvelopeClosed } from '../domain/envelope.errors.js';
import type { Standing } from '../domain/closing.js';
import type { OpenedEnvelope, RecordedMovement } from '../domain/opened-envelope.js';
import { SubEnvelopeAlreadyOpen } from '../domain/sub-envelope.errors.js';
import type { SubEnvelopePlace } from '../domain/sub-envelope.js';
import type { Perimeter, Scope } from '../../../kernel/scope.js';

export interface EnvelopeFilter {
  readonly funderId?: string;
  readonly year?: number;
  readonly department?: string;
  readonly parentId?: string;
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
  /** Of a sub-envelope: the envelope that delegates to it, and where it is for. */
  readonly part?: { readonly parentId: string; readonly place: SubEnvelopePlace };
  readonly createdBy: string;
}

const COLUMNS = `e.id, e.funder_id AS "funderId", f.code AS "funderCode", f.name AS "funderName", e.programme, e.year,
  e.department_code AS "departmentCode", e.ceiling_ae_cents AS "ceilingAeCents", e.ceiling_cp_cents AS "ceilingCpCents",
  e.reserved_cents AS "reservedCents", e.committed_cents AS "committedCents", e.delegated_cents AS "delegatedCents", e.paid_cents AS "paidCents",
  e.version, e.parent_id AS "parentId", e.sector_code AS "sectorCode", e.insee_code AS "inseeCode", e.closed_at AS "closedAt"`;
const PERIMETER = `(SELECT json_agg(json_build_object('kind', s.kind, 'code', s.code)) FROM envelope_scopes s WHERE s.envelope_id = e.id)`;
const IDENTITY = `e.funder_id = $1 AND e.programme = $2 AND e.year = $3 AND e.department_code IS NOT DISTINCT FROM $4
  AND e.sector_code IS NOT DISTINCT FROM $5 AND e.insee_code IS NOT DISTINCT FROM $6`;
const ENVELOPES = 'envelopes e JOIN funders f ON f.id = e.funder_id';
const FILTER = `($1::uuid IS NULL OR e.funder_id = $1) AND ($2::integer IS NULL OR e.year = $2) AND ($3::text IS NULL OR e.department_code = $3)
  AND ($6::uuid IS NULL OR e.parent_id = $6)
  AND EXISTS (SELECT FROM envelope_scopes s JOIN unnest($4::text[], $5::text[]) AS seen (kind, code) USING (kind, code) WHERE s.envelope_id = e.id)`;

type InViewRow = OpenedEnvelope & { readonly perimeter: Perimeter };

function inView({ perimeter, ...envelope }: InViewRow): EnvelopeInView {
  return { envelope, perimeter };
}

const placed = (place: SubEnvelopePlace | undefined, kind: SubEnvelopePlace['kind']): string | null =>
  place?.kind === kind ? place.code : null;

@Injectable()
export class EnvelopeRepository {
  /**
   * Empty: its ceilings come with the first movement of its ledger. The one there is may be closed: a year is not opened twice.
   * @throws EnvelopeAlreadyOpen, SubEnvelopeAlreadyOpen, EnvelopeClosed
   */
  async create(query: Query, envelope: NewEnvelope): Promise<void> {
    const { id, funderId, programme, year, departmentCode, part, createdBy } = envelope;
    const [sectorCode, inseeCode] = [placed(part?.place, 'sector'), placed(part?.place, 'commune')];
    const identity = [funderId, programme, year, departmentCode, sectorCode, inseeCode];
    const created = await query(
      `INSERT INTO envelopes (id, funder_id, programme, year, department_code, sector_code, insee_code, parent_id, ceiling_ae_cents,
         ceiling_cp_cents, version, created_by)
       VALUES ($7, $1, $2, $3, $4, $5, $6, $8, 0, 0, 0, $9) ON CONFLICT DO NOTHING RETURNING id`,
      [...identity, id, part?.parentId ?? null, createdBy],
    );
    if (created.length > 0) return;
    const [existing] = await query<{ closedAt: Date | null }>(
      `SELECT closed_at AS "closedAt" FROM envelopes e WHERE ${IDENTITY}`,
      identity,
    );
    if (existing?.closedAt) throw new EnvelopeClosed();
    throw part ? new SubEnvelopeAlreadyOpen() : new EnvelopeAlreadyOpen();
  }

  /** The same envelope of another year; undefined when there is none. */
  async sameOfYear(query: Query, envelope: OpenedEnvelope, year: number): Promise<string | undefined> {
    const { funderId, programme, departmentCode, sectorCode, inseeCode } = envelope;
    const [found] = await query<{ id: string }>(`SELECT id FROM envelopes e WHERE ${IDENTITY}`, [
      ...[funderId, programme, year],
      ...[departmentCode, sectorCode, inseeCode],
    ]);
    return found?.id;
  }

  /** The département that a sector or commune lies in; undefined when there is no such place. */
  async departmentOf(query: Query, { kind, code }: SubEnvelopePlace): Promise<string | undefined> {
    const [table, key] = kind === 'sector' ? ['sectors', 'code'] : ['communes', 'insee_code'];
    const [found] = await query<{ code: string }>(`SELECT department_code AS code FROM ${table} WHERE ${key} = $1`, [code]);
    return found?.code;
  }

  /** What keeps an envelope, which must be locked, from being closed. */
  async standing(query: Query, id: string): Promise<Standing> {
    const [standing] = await query<Standing>(
      `SELECT (SELECT count(*)::int FROM funding_lines WHERE envelope_id = $1 AND reserved_cents > 0) AS "reservedLines",
              (SELECT count(*)::int FROM envelopes WHERE parent_id = $1 AND closed_at IS NULL) AS "openSubEnvelopes"`,
      [id],
    );
    return standing ?? { reservedLines: 0, openSubEnvelopes: 0 };
  }

  /** Leaves after the movements that empty it: a closed envelope holds nothing free. */
  close(tx: Tx, id: string, at: Date): void {
    tx.write('UPDATE envelopes SET closed_at = $2, version = version + 1 WHERE id = $1', [id, at]);
  }

  /** @throws NotFound */
  find(query: Query, id: string): Promise<EnvelopeInView> {
    return this.one(query, `SELECT ${COLUMNS}, ${PERIMETER} AS perimeter FROM ${ENVELOPES} WHERE e.id = $1`, id);
  }

  /** @throws NotFound */
  lock(query: Query, id: string): Promise<EnvelopeInView> {
    return this.one(query, `SELECT ${COLUMNS}, ${PERIMETER} AS perimeter FROM ${ENVELOPES} WHERE e.id = $1 FOR NO KEY UPDATE OF e`, id);
  }

  /** Several at once, in the order of ids as every act does, so that two of them queue up rather than block each other. Those there are. */
  async lockAll(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, EnvelopeInView>> {
    const rows = await query<InViewRow>(
      `SELECT ${COLUMNS}, ${PERIMETER} AS perimeter FROM ${ENVELOPES} WHERE e.id = ANY ($1::uuid[]) ORDER BY e.id FOR NO KEY UPDATE OF e`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, inView(row)]));
  }

  /** Those that exist among `ids`. */
  byIds(query: Query, ids: readonly string[]): Promise<OpenedEnvelope[]> {
    return query<OpenedEnvelope>(`SELECT ${COLUMNS} FROM ${ENVELOPES} WHERE e.id = ANY ($1::uuid[]) ORDER BY e.id`, [ids]);
  }

  async list(query: Query, filter: EnvelopeFilter, sight: readonly Scope[], page: PageRequest): Promise<Page<OpenedEnvelope>> {
    const filters = [
      ...[filter.funderId ?? null, filter.year ?? null, filter.department ?? null],
      ...[sight.map(({ kind }) => kind), sight.map(({ code }) => code), filter.parentId ?? null],
    ];
    const rows = await query<OpenedEnvelope>(
      `SELECT ${COLUMNS} FROM ${ENVELOPES} WHERE ${FILTER} AND ($7::uuid IS NULL OR e.id > $7) ORDER BY e.id LIMIT $8`,
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
         dossier_number AS "dossierNumber", counterpart_envelope_id AS "counterpartEnvelopeId", reason, reference, actor_id AS "actorId", actor_name AS "actorName", at
       FROM ledger WHERE envelope_id = $1 AND ($2::bigint IS NULL OR position > $2) ORDER BY position LIMIT $3`,
      [envelopeId, page.after?.[0] ?? null, page.limit + 1],
    );
    const total = page.count
      ? await count(query, 'SELECT count(*) AS total FROM movements WHERE envelope_id = $1', [envelopeId])
      : undefined;
    return pageOf(rows, page, ({ position }) => [position.toString()], total);
  }

  private async one(query: Query, sql: string, id: string): Promise<EnvelopeInView> {
    const [row] = await query<InViewRow>(sql, [id]);
    if (!row) throw new NotFound();
    return inView(row);
  }
}

async function count(query: Query, sql: string, params: readonly unknown[]): Promise<number> {
  const [row] = await query<{ total: bigint }>(sql, params);
  return Number(row?.total ?? 0n);
}
