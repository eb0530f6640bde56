import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import type { ContractRow } from '../domain/reference.contract.js';
import type { DepartmentRow } from '../domain/reference.places.js';
import type { Commune, CommuneFilter, Orientation, PovertyPocket, Sector } from '../domain/territory.js';
import { COMMUNE_COLUMNS, COMMUNE_PLACE } from './territory.sql.js';

/** The small closed lists of the contract, each read whole. */
@Injectable()
export class NomenclatureRepository {
  async contract(query: Query): Promise<ContractRow | null> {
    const [row] = await query<ContractRow>(
      'SELECT code, name, territory, start_year AS "startYear", end_year AS "endYear", content FROM contracts ORDER BY code LIMIT 1',
    );
    return row ?? null;
  }

  departments(query: Query): Promise<DepartmentRow[]> {
    return query('SELECT code, name FROM departments ORDER BY code DESC');
  }

  sectors(query: Query): Promise<Sector[]> {
    return query(
      `SELECT s.code, s.name, s.department_code AS "departmentCode", s.population, s.population_meaning AS "populationMeaning",
         coalesce((SELECT json_agg(c.insee_code ORDER BY c.insee_code) FROM communes c WHERE c.sector_code = s.code), '[]') AS "inseeCodes"
       FROM sectors s ORDER BY s.department_code DESC, s.code`,
    );
  }

  communes(query: Query, filter: CommuneFilter): Promise<Commune[]> {
    return query(
      `SELECT ${COMMUNE_COLUMNS}, c.has_qpv AS "hasQpv", c.in_ept AS "inEpt", c.note
       FROM communes c
       WHERE ($1::text IS NULL OR c.department_code = $1) AND ($2::text IS NULL OR c.sector_code = $2) AND ($3::boolean IS NULL OR c.has_qpv = $3)
       ORDER BY c.slug`,
      [filter.department ?? null, filter.sector ?? null, filter.hasQpv ?? null],
    );
  }

  orientations(query: Query): Promise<Orientation[]> {
    return query(
      `SELECT o.code, o.label, o.axis_label AS "axisLabel", o.transversal, coalesce((
         SELECT json_agg(json_build_object(
           'code', s.code, 'label', s.label, 'relatedSchemes', s.related_schemes, 'operationalObjectives', coalesce((
             SELECT json_agg(json_build_object('code', p.code, 'label', p.label) ORDER BY p.position)
             FROM operational_objectives p WHERE p.strategic_objective_code = s.code), '[]')) ORDER BY s.position)
         FROM strategic_objectives s WHERE s.orientation_code = o.code), '[]') AS "strategicObjectives"
       FROM orientations o ORDER BY o.position`,
    );
  }

  povertyPockets(query: Query, commune: string | undefined): Promise<PovertyPocket[]> {
    return query(
      `SELECT p.id, p.name, p.places, ${COMMUNE_PLACE} AS commune
       FROM poverty_pockets p JOIN communes c USING (insee_code)
       WHERE $1::text IS NULL OR c.insee_code = $1 OR c.slug = $1
       ORDER BY c.slug, p.name`,
      [commune ?? null],
    );
  }
}
