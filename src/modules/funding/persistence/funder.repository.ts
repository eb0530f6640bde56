import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { isProgramme147, type Funder, type FunderKind } from '../domain/funder.js';

export interface FunderFilter {
  readonly kind?: FunderKind;
  readonly department?: string;
}

const SELECT = `
  SELECT f.id, f.code, f.name, f.kind, f.department_code AS "departmentCode", f.insee_code AS "inseeCode",
    coalesce((SELECT json_agg(s.label ORDER BY s.position) FROM funder_schemes s WHERE s.funder_id = f.id), '[]') AS schemes
  FROM funders f`;

type FunderRow = Omit<Funder, 'isProgramme147'>;
const toFunder = (row: FunderRow): Funder => ({ ...row, isProgramme147: isProgramme147(row.code) });

/** The funders of the contract, for whoever names one. */
@Injectable()
export class Funders {
  async find(query: Query, filter: FunderFilter): Promise<Funder[]> {
    const rows = await query<FunderRow>(
      `${SELECT} WHERE ($1::text IS NULL OR f.kind = $1) AND ($2::text IS NULL OR f.department_code = $2) ORDER BY f.code`,
      [filter.kind ?? null, filter.department ?? null],
    );
    return rows.map(toFunder);
  }

  all(query: Query): Promise<Funder[]> {
    return this.find(query, {});
  }

  /** What each of them is: some fifty rows, for who does not know yet which it will need. */
  async kinds(query: Query): Promise<ReadonlyMap<string, FunderKind>> {
    const rows = await query<Pick<Funder, 'id' | 'kind'>>('SELECT id, kind FROM funders', []);
    return new Map(rows.map(({ id, kind }) => [id, kind]));
  }

  /** Those that exist among `ids`, by code. */
  async byIds(query: Query, ids: readonly string[]): Promise<Funder[]> {
    if (ids.length === 0) return [];
    return (await query<FunderRow>(`${SELECT} WHERE f.id = ANY ($1::uuid[]) ORDER BY f.code`, [ids])).map(toFunder);
  }

  /** Those that exist among `codes`, by code. */
  async byCodes(query: Query, codes: readonly string[]): Promise<Funder[]> {
    if (codes.length === 0) return [];
    return (await query<FunderRow>(`${SELECT} WHERE f.code = ANY ($1::text[]) ORDER BY f.code`, [codes])).map(toFunder);
  }
}
