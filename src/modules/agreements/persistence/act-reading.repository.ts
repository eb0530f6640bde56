import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Perimeter, Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';
import type { ActFilter, ActView } from '../domain/act-reading.js';
import { ACT_COLUMNS } from './act.columns.js';

/** From where acts are seen: the funders' side, at any state; the beneficiaries', once notified. */
export interface ActSight {
  readonly staff: readonly Scope[];
  /** Organisations whose files the reader must not judge. */
  readonly exceptOrganisations: readonly string[];
  readonly ownOrganisations: readonly string[];
}

const VIEW = `
  SELECT ${ACT_COLUMNS}, f.code AS "funderCode", f.name AS "funderName", o.name AS "organisationName", a.content_sha256 AS "contentSha256",
    (a.content ->> 'templateVersion')::integer AS "templateVersion", l.lines, coalesce(g.total, 0)::bigint AS "publicMoneyCents", t.cents AS "accountsAboveCents"
  FROM acts a
  JOIN funders f ON f.id = a.funder_id
  JOIN organisations o ON o.id = a.organisation_id
  CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('lineId', n.funding_line_id, 'dossierNumber', x.dossier_number, 'actionTitle', x.action_title,
      'amountCents', n.amount_cents) ORDER BY n.funding_line_id) AS lines
    FROM act_lines n JOIN act_line_facts x USING (funding_line_id) WHERE n.act_id = a.id) l
  CROSS JOIN LATERAL (SELECT sum(granted_cents) AS total FROM public_grants p WHERE p.organisation_id = a.organisation_id AND p.year = a.year) g
  CROSS JOIN LATERAL (
    SELECT amount_cents AS cents FROM act_thresholds h WHERE h.name = 'certified-accounts' AND h.from_year <= a.year ORDER BY h.from_year DESC LIMIT 1) t`;

const KEPT = `
  ($1::uuid IS NULL OR a.call_id = $1) AND ($2::uuid IS NULL OR a.funder_id = $2) AND ($3::uuid IS NULL OR a.organisation_id = $3)
  AND ($4::text IS NULL OR a.kind = $4) AND ($5::text IS NULL OR a.state = $5)
  AND ((a.organisation_id <> ALL ($8::uuid[])
        AND EXISTS (SELECT FROM act_scopes s JOIN unnest($6::text[], $7::text[]) AS seen (kind, code) USING (kind, code) WHERE s.act_id = a.id OFFSET 0))
       OR (a.state = 'notified' AND a.organisation_id = ANY ($9::uuid[])))`;

@Injectable()
export class ActReadings {
  /** In the order they were prepared. */
  async page(query: Query, filter: ActFilter, sight: ActSight, request: PageRequest): Promise<Page<ActView>> {
    const params = [
      ...[filter.callId ?? null, filter.funderId ?? null, filter.organisationId ?? null, filter.kind ?? null, filter.state ?? null],
      ...[sight.staff.map(({ kind }) => kind), sight.staff.map(({ code }) => code), sight.exceptOrganisations, sight.ownOrganisations],
    ];
    const rows = await query<ActView>(`${VIEW} WHERE ${KEPT} AND ($10::uuid IS NULL OR a.id > $10) ORDER BY a.id LIMIT $11`, [
      ...params,
      request.after?.[0] ?? null,
      request.limit + 1,
    ]);
    const counted = request.count ? await query<{ total: bigint }>(`SELECT count(*) AS total FROM acts a WHERE ${KEPT}`, params) : [];
    return pageOf(rows, request, ({ id }) => [id], counted[0] === undefined ? undefined : Number(counted[0].total));
  }

  /** One act, with every scope that it is seen from. @throws NotFound */
  async get(query: Query, id: string): Promise<{ act: ActView; perimeter: Perimeter }> {
    const [act] = await query<ActView>(`${VIEW} WHERE a.id = $1`, [id]);
    if (!act) throw new NotFound();
    return { act, perimeter: await query<Scope>('SELECT kind, code FROM act_scopes WHERE act_id = $1', [id]) };
  }

  /** Everywhere an organisation is seen from; empty for one that does not exist. */
  organisationPerimeter(query: Query, organisationId: string): Promise<Scope[]> {
    return query<Scope>('SELECT kind, code FROM organisation_perimeters WHERE organisation_id = $1', [organisationId]);
  }
}
