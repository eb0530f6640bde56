import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';
import { communeEnding } from '../domain/commune-name.js';
import type { CommunePlace, Objective, PovertyPocket } from '../domain/territory.js';
import { COMMUNE_COLUMNS, COMMUNE_PLACE } from './territory.sql.js';

/** What the modules above ask of the territory, within their own transaction or reading. */
@Injectable()
export class Territory {
  async qpvExist(query: Query, slugs: readonly string[]): Promise<boolean> {
    return (await this.unknownQpv(query, slugs)).length === 0;
  }

  /** Those of `slugs` that no QPV has. */
  unknownQpv(query: Query, slugs: readonly string[]): Promise<string[]> {
    return missing(query, 'SELECT slug AS code FROM qpv WHERE slug = ANY ($1::text[])', slugs);
  }

  /** Those of `inseeCodes` that no commune of the contract has. */
  unknownCommunes(query: Query, inseeCodes: readonly string[]): Promise<string[]> {
    return missing(query, 'SELECT insee_code AS code FROM communes WHERE insee_code = ANY ($1::text[])', inseeCodes);
  }

  /** In the contract's order. */
  async orientationCodes(query: Query): Promise<string[]> {
    return (await query<{ code: string }>('SELECT code FROM orientations ORDER BY position')).map((row) => row.code);
  }

  /** Every commune of these QPV together with these communes, each once, by code. What is unknown is left out. */
  communesOf(query: Query, places: { readonly qpv?: readonly string[]; readonly communes?: readonly string[] }): Promise<CommunePlace[]> {
    return query(
      `SELECT ${COMMUNE_COLUMNS} FROM communes c
       WHERE c.insee_code = ANY ($2::text[])
         OR c.insee_code IN (SELECT qc.insee_code FROM qpv_communes qc WHERE qc.qpv_slug = ANY ($1::text[]))
       ORDER BY c.insee_code`,
      [places.qpv ?? [], places.communes ?? []],
    );
  }

  async commune(query: Query, inseeCode: string): Promise<CommunePlace | null> {
    const [row] = await this.communesOf(query, { communes: [inseeCode] });
    return row ?? null;
  }

  /** The commune of the contract that a postal address ends with: `12 rue X, 94200 Ivry-sur-Seine` → 94041. Null when there is none. */
  async communeNamed(query: Query, address: string): Promise<CommunePlace | null> {
    return communeEnding(address, await query<CommunePlace>(`SELECT ${COMMUNE_COLUMNS} FROM communes c`));
  }

  /** The strategic and operational objectives of an orientation, in the contract's order. Empty for an unknown orientation. */
  objectivesOf(query: Query, orientationCode: string): Promise<Objective[]> {
    return query(
      `SELECT code, kind, label FROM (
         SELECT s.code, 'strategic' AS kind, s.label, s.position AS parent, 0 AS position
         FROM strategic_objectives s WHERE s.orientation_code = $1
         UNION ALL
         SELECT p.code, 'operational', p.label, s.position, p.position
         FROM operational_objectives p JOIN strategic_objectives s ON s.code = p.strategic_objective_code
         WHERE s.orientation_code = $1
       ) objectives ORDER BY parent, position`,
      [orientationCode],
    );
  }

  async povertyPocket(query: Query, id: string): Promise<PovertyPocket | null> {
    const [row] = await query<PovertyPocket>(
      `SELECT p.id, p.name, p.places, ${COMMUNE_PLACE} AS commune FROM poverty_pockets p JOIN communes c USING (insee_code) WHERE p.id = $1`,
      [id],
    );
    return row ?? null;
  }
}

async function missing(query: Query, sql: string, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return [];
  const known = new Set((await query<{ code: string }>(sql, [codes])).map((row) => row.code));
  return codes.filter((code) => !known.has(code));
}
