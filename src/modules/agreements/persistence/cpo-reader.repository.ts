import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Perimeter, Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';
import type { CpoFilter, CpoFunder, CpoVersion, FoundCpo, ListedCpo, TrancheRow } from '../domain/cpo-listed.js';
import type { GrantedTotals } from '../domain/cpo-share.js';

/** From where a list is read: all of them, or the signed ones only. */
export interface CpoSight {
  readonly all: readonly Scope[];
  readonly signed: readonly Scope[];
  /** Organisations whose files the reader must not judge, hence does not see negotiated. */
  readonly exceptUnsignedOf: readonly string[];
}

/** What a renewal copies of an action. */
export interface RenewableAction {
  readonly title: string;
  readonly objectives: string;
  readonly description: string;
  readonly orientationCode: string;
  readonly objectiveCodes: readonly string[];
  readonly qpv: readonly string[];
  readonly communes: readonly string[];
  readonly pocketId: string | null;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly content: Readonly<Record<string, unknown>>;
}

const LISTED = `c.id, c.version, c.state, c.dossier_id AS "dossierId", c.dossier_number AS "dossierNumber", c.action_id AS "actionId",
  c.action_title AS "actionTitle", c.organisation_id AS "organisationId", c.organisation_name AS "organisationName", c.funder_id AS "funderId",
  c.funder_code AS "funderCode", c.funder_name AS "funderName", c.scheme, c.first_year AS "firstYear", c.last_year AS "lastYear",
  c.total_cents AS "totalCents", c.reference, c.signed_on AS "signedOn", c.beneficiary_signed_on AS "beneficiarySignedOn", c.act_id AS "actId",
  c.reason, c.ended_on AS "endedOn"`;

// OFFSET 0: a test on the row in hand, not a join on all that may be seen.
const seen = (kinds: string, codes: string): string =>
  `EXISTS (SELECT FROM dossier_perimeters s JOIN unnest(${kinds}::text[], ${codes}::text[]) AS seen (kind, code) USING (kind, code)
           WHERE s.dossier_id = c.dossier_id OFFSET 0)`;
const FILTER = `($1::integer IS NULL OR $1 BETWEEN c.first_year AND c.last_year) AND ($2::text IS NULL OR c.state = $2)
  AND ($3::uuid IS NULL OR c.organisation_id = $3) AND ($4::uuid IS NULL OR c.funder_id = $4)
  AND ((${seen('$5', '$6')} AND c.organisation_id <> ALL ($9::uuid[])) OR (c.signed_on IS NOT NULL AND ${seen('$7', '$8')}))`;

@Injectable()
export class CpoReaderRepository {
  /** @throws NotFound */
  async find(query: Query, id: string): Promise<FoundCpo> {
    const [row] = await query<ListedCpo & { funder: CpoFunder; isProgramme147: boolean; perimeter: Perimeter }>(
      `SELECT ${LISTED}, c.is_programme_147 AS "isProgramme147",
         json_build_object('id', c.funder_id, 'code', c.funder_code, 'name', c.funder_name, 'kind', c.funder_kind,
           'departmentCode', c.department_code, 'inseeCode', c.insee_code) AS funder,
         (SELECT coalesce(json_agg(json_build_object('kind', p.kind, 'code', p.code)), '[]') FROM dossier_perimeters p
          WHERE p.dossier_id = c.dossier_id) AS perimeter
       FROM cpo_rows c WHERE c.id = $1`,
      [id],
    );
    if (!row) throw new NotFound();
    const { funder, isProgramme147, perimeter, ...cpo } = row;
    return { cpo, funder, isProgramme147, perimeter };
  }

  tranches(query: Query, id: string): Promise<TrancheRow[]> {
    return query<TrancheRow>(
      `SELECT year, rank, funding_line_id AS "lineId", line_state AS "lineState", line_version AS "lineVersion", amount_cents AS "amountCents",
         requested_cents AS "requestedCents", granted_cents AS "grantedCents", reserved_cents AS "reservedCents", committed_cents AS "committedCents",
         envelope_id AS "envelopeId", confirmed_at AS "confirmedAt", report_accepted_at AS "reportAcceptedAt"
       FROM cpo_tranche_rows WHERE cpo_id = $1 ORDER BY year`,
      [id],
    );
  }

  versions(query: Query, id: string): Promise<CpoVersion[]> {
    return query<CpoVersion>(
      `SELECT v.number, v.reason, u.name AS "writtenByName", v.written_at AS "writtenAt",
         (SELECT json_agg(json_build_object('year', t.year, 'amountCents', t."amountCents") ORDER BY t.year)
          FROM jsonb_to_recordset(v.tranches) AS t (year integer, "amountCents" text)) AS tranches
       FROM cpo_versions v JOIN users u ON u.id = v.written_by WHERE v.cpo_id = $1 ORDER BY v.number`,
      [id],
    );
  }

  async page(query: Query, filter: CpoFilter, sight: CpoSight, page: PageRequest): Promise<Page<ListedCpo>> {
    const filters = [
      ...[filter.year ?? null, filter.state ?? null, filter.organisationId ?? null, filter.funderId ?? null],
      ...[sight.all.map(({ kind }) => kind), sight.all.map(({ code }) => code)],
      ...[sight.signed.map(({ kind }) => kind), sight.signed.map(({ code }) => code), sight.exceptUnsignedOf],
    ];
    const rows = await query<ListedCpo>(
      `SELECT ${LISTED} FROM cpo_rows c WHERE ${FILTER} AND ($10::uuid IS NULL OR c.id > $10) ORDER BY c.id LIMIT $11`,
      [...filters, page.after?.[0] ?? null, page.limit + 1],
    );
    const [counted] = page.count ? await query<{ total: bigint }>(`SELECT count(*) AS total FROM cpo_rows c WHERE ${FILTER}`, filters) : [];
    return pageOf(rows, page, ({ id }) => [id], counted && Number(counted.total));
  }

  async renewableAction(query: Query, actionId: string): Promise<RenewableAction> {
    const [action] = await query<RenewableAction>(
      `SELECT title, objectives, description, orientation_code AS "orientationCode", objective_codes AS "objectiveCodes", qpv, communes,
         pocket_id AS "pocketId", starts_on AS "startsOn", ends_on AS "endsOn", content
       FROM cpo_renewable_actions WHERE action_id = $1`,
      [actionId],
    );
    if (!action) throw new NotFound();
    return action;
  }

  /** What was granted for a year; in one département, or everywhere. */
  async granted(query: Query, year: number, department: string | null): Promise<GrantedTotals> {
    const [totals] = await query<{ all: bigint; multi: bigint; p147: bigint; p147Multi: bigint }>(
      `SELECT count(*) AS all, count(*) FILTER (WHERE multi_year) AS multi,
         coalesce(sum(granted_cents) FILTER (WHERE is_programme_147), 0)::bigint AS p147,
         coalesce(sum(granted_cents) FILTER (WHERE is_programme_147 AND multi_year), 0)::bigint AS "p147Multi"
       FROM cpo_share_lines WHERE year = $1 AND ($2::text IS NULL OR $2 = ANY (departments))`,
      [year, department],
    );
    const { all = 0n, multi = 0n, p147 = 0n, p147Multi = 0n } = totals ?? {};
    return {
      all: Number(all),
      multiYear: Number(multi),
      p147Cents: p147 as GrantedTotals['p147Cents'],
      p147MultiYearCents: p147Multi as GrantedTotals['p147Cents'],
    };
  }

  /** A département with its sectors: from where its figures are read. */
  async departmentScopes(query: Query, department: string): Promise<Perimeter> {
    return query<Scope>(
      `SELECT 'department' AS kind, code FROM departments WHERE code = $1
       UNION ALL SELECT 'sector', code FROM sectors WHERE department_code = $1`,
      [department],
    );
  }
}
