import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { Qpv, QpvFilter } from '../domain/territory.js';
import { COMMUNE_PLACE } from './territory.sql.js';

/** Names compared as people type them: folded, punctuation as one space. */
const plain = (value: string): string => `regexp_replace(fold(${value}), '[^a-z0-9]+', ' ', 'g')`;

const SELECT_QPV = `
  SELECT q.slug, q.official_code AS "officialCode", q.name, q.population, q.population_year AS "populationYear",
    q.renewal_programme AS "renewalProgramme", q.entering_2024 AS "entering2024", q.interterritorial, q.notes, q.indicators,
    coalesce((SELECT json_agg(a.alias ORDER BY a.alias) FROM qpv_aliases a WHERE a.qpv_slug = q.slug), '[]') AS aliases,
    coalesce((SELECT json_agg(${COMMUNE_PLACE} ORDER BY c.slug)
      FROM qpv_communes qc JOIN communes c USING (insee_code) WHERE qc.qpv_slug = q.slug), '[]') AS communes,
    coalesce((SELECT json_agg(json_build_object(
        'label', v.label, 'source', v.source, 'validFrom', lower(v.valid), 'validUntil', upper(v.valid)) ORDER BY v.valid DESC)
      FROM qpv_versions v WHERE v.qpv_slug = q.slug), '[]') AS perimeters
  FROM qpv q`;

@Injectable()
export class QpvRepository {
  find(query: Query, filter: QpvFilter): Promise<Qpv[]> {
    return query(
      `${SELECT_QPV}
       WHERE (coalesce($1, $2, $3) IS NULL OR EXISTS (
           SELECT FROM qpv_communes qc JOIN communes c USING (insee_code)
           WHERE qc.qpv_slug = q.slug AND ($1::text IS NULL OR c.insee_code = $1 OR c.slug = $1)
             AND ($2::text IS NULL OR c.department_code = $2) AND ($3::text IS NULL OR c.sector_code = $3)))
         AND ($4::text IS NULL OR strpos(${plain('q.name')}, ${plain('$4')}) > 0
           OR EXISTS (SELECT FROM qpv_aliases a WHERE a.qpv_slug = q.slug AND strpos(${plain('a.alias')}, ${plain('$4')}) > 0))
       ORDER BY q.slug`,
      [filter.commune ?? null, filter.department ?? null, filter.sector ?? null, filter.q ?? null],
    );
  }

  async bySlug(query: Query, slug: string): Promise<Qpv | null> {
    const [row] = await query<Qpv>(`${SELECT_QPV} WHERE q.slug = $1`, [slug]);
    return row ?? null;
  }
}
