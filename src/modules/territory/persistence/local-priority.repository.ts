import { Injectable } from '@nestjs/common';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { LocalPriority, LocalPriorityFilter } from '../domain/territory.js';

/** $1 commune (code or slug), $2 QPV, $3 orientation; each may be null. */
const FILTERED = `
  FROM local_priorities p
  WHERE ($1::text IS NULL OR EXISTS (
      SELECT FROM local_priority_communes pc JOIN communes c USING (insee_code)
      WHERE pc.priority_code = p.code AND (c.insee_code = $1 OR c.slug = $1)))
    AND ($2::text IS NULL OR p.qpv_slug = $2 OR (p.qpv_slug IS NULL AND EXISTS (
      SELECT FROM local_priority_communes pc JOIN qpv_communes qc USING (insee_code)
      WHERE pc.priority_code = p.code AND qc.qpv_slug = $2)))
    AND ($3::text IS NULL OR p.orientation_code = $3)`;

@Injectable()
export class LocalPriorityRepository {
  async page(query: Query, filter: LocalPriorityFilter, request: PageRequest): Promise<Page<LocalPriority>> {
    const filters = [filter.commune ?? null, filter.qpv ?? null, filter.orientation ?? null];
    const rows = await query<LocalPriority>(
      `SELECT p.code, p.qpv_slug AS "qpvSlug", p.theme, p.orientation_code AS "orientationCode",
         p.strategic_objective AS "strategicObjective", p.operational_objectives AS "operationalObjectives", p.indicators,
         (SELECT json_agg(pc.insee_code ORDER BY pc.insee_code) FROM local_priority_communes pc WHERE pc.priority_code = p.code) AS "inseeCodes"
       ${FILTERED} AND ($4::text IS NULL OR p.code > $4)
       ORDER BY p.code LIMIT $5`,
      [...filters, request.after?.[0] ?? null, request.limit + 1],
    );
    const total = request.count ? await this.count(query, filters) : undefined;
    return pageOf(rows, request, (row) => [row.code], total);
  }

  private async count(query: Query, filters: readonly unknown[]): Promise<number> {
    const [row] = await query<{ total: number }>(`SELECT count(*)::int AS total ${FILTERED}`, filters);
    return row?.total ?? 0;
  }
}
