import { Injectable } from '@nestjs/common';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';
import type { Money } from '../../../kernel/money.js';
import type { DossierSort } from '../domain/dossier-sort.js';
import type { DossierState } from '../domain/dossier.transitions.js';

export interface DossierFilter {
  readonly callId?: string | undefined;
  readonly status?: DossierState | undefined;
  readonly organisationId?: string | undefined;
  /** INSEE code. */
  readonly commune?: string | undefined;
  /** Slug. */
  readonly qpv?: string | undefined;
  readonly orientation?: string | undefined;
  readonly q?: string | undefined;
  readonly sort?: DossierSort | undefined;
}

export interface DossierListed {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: DossierState;
  readonly version: number;
  readonly callId: string;
  readonly callYear: number;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly trackCode: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly submittedAt: Date | null;
  readonly actions: number;
  readonly requestedCents: Money;
}

/** A column to sort by, as a type that compares and travels in a cursor; what was not submitted comes before everything. */
const SORT_COLUMNS: Readonly<Record<string, { sql: string; type: string; of: (row: DossierListed) => string }>> = {
  createdAt: { sql: 'd.created_at', type: 'timestamptz', of: (row) => row.createdAt.toISOString() },
  updatedAt: { sql: 'd.updated_at', type: 'timestamptz', of: (row) => row.updatedAt.toISOString() },
  submittedAt: {
    sql: `coalesce(d.submitted_at, 'epoch')`,
    type: 'timestamptz',
    of: (row) => (row.submittedAt ?? new Date(0)).toISOString(),
  },
  number: { sql: 'd.number', type: 'text', of: (row) => row.number },
};

const COLUMNS = `d.id, d.number, d.title, d.state, d.version, d.call_id AS "callId", d.call_year AS "callYear", d.organisation_id AS "organisationId",
  d.organisation_name AS "organisationName", d.track_code AS "trackCode", d.created_at AS "createdAt", d.updated_at AS "updatedAt",
  d.submitted_at AS "submittedAt", d.actions::integer AS actions, d.requested_cents AS "requestedCents"`;

/** What was never submitted is only seen from its organisation; every filter bears on what the reader sees anyway. */
const WHERE = `
  EXISTS (SELECT FROM unnest($1::text[], $2::text[]) AS s (kind, code)
          JOIN dossier_perimeters p ON p.kind = s.kind AND p.code = s.code
          WHERE p.dossier_id = d.id AND (d.submitted_at IS NOT NULL OR p.kind = 'organisation'))
  AND ($3::uuid IS NULL OR d.call_id = $3)
  AND ($4::text IS NULL OR d.state = $4)
  AND ($5::uuid IS NULL OR d.organisation_id = $5)
  AND ($6::text IS NULL OR d.id IN (SELECT a.dossier_id FROM actions a JOIN action_territories t ON t.action_id = a.id
                                    WHERE a.removed_at IS NULL AND t.kind = 'commune' AND t.code = $6))
  AND ($7::text IS NULL OR d.id IN (SELECT a.dossier_id FROM actions a JOIN action_territories t ON t.action_id = a.id
                                    WHERE a.removed_at IS NULL AND t.kind = 'qpv' AND t.code = $7))
  AND ($8::text IS NULL OR d.id IN (SELECT a.dossier_id FROM actions a WHERE a.removed_at IS NULL AND a.orientation_code = $8))
  AND ($9::text IS NULL OR fold(d.number || ' ' || d.title || ' ' || d.organisation_name) LIKE fold($9))`;

@Injectable()
export class DossierListRepository {
  async page(query: Query, filter: DossierFilter, scopes: readonly Scope[], page: PageRequest): Promise<Page<DossierListed>> {
    const { sort = '-createdAt' } = filter;
    const descending = sort.startsWith('-');
    const { sql, type, of } = SORT_COLUMNS[sort.replace('-', '')] ?? neverUnknown(sort);
    const [direction, beyond] = descending ? ['DESC', '<'] : ['ASC', '>'];
    const params = paramsOf(filter, scopes);
    const rows = await query<DossierListed>(
      `SELECT ${COLUMNS} FROM dossier_rows d
       WHERE ${WHERE} AND ($10::text IS NULL OR (${sql}, d.id) ${beyond} ($10::${type}, $11::uuid))
       ORDER BY ${sql} ${direction}, d.id ${direction} LIMIT $12`,
      [...params, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1],
    );
    const total = page.count ? await this.count(query, params) : undefined;
    return pageOf(rows, page, (row) => [of(row), row.id], total);
  }

  private async count(query: Query, params: readonly unknown[]): Promise<number> {
    const [row] = await query<{ total: bigint }>(`SELECT count(*) AS total FROM dossier_rows d WHERE ${WHERE}`, params);
    return Number(row?.total ?? 0);
  }
}

function paramsOf(filter: DossierFilter, scopes: readonly Scope[]): unknown[] {
  const { callId, status, organisationId, commune, qpv, orientation, q } = filter;
  return [
    scopes.map(({ kind }) => kind),
    scopes.map(({ code }) => code),
    callId ?? null,
    status ?? null,
    organisationId ?? null,
    commune ?? null,
    qpv ?? null,
    orientation ?? null,
    q === undefined ? null : `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`,
  ];
}

function neverUnknown(sort: string): never {
  throw new Error(`no such sort: ${sort}`);
}
