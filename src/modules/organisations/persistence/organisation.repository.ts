import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Perimeter, Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';
import { SiretAlreadyKnown } from '../domain/organisation.errors.js';
import type { LegalForm, Organisation } from '../domain/organisation.js';

interface OrganisationRow {
  readonly id: string;
  readonly siret: string;
  readonly rna: string | null;
  readonly name: string;
  readonly legal_form: LegalForm;
  readonly address: string;
  readonly insee_code: string | null;
  readonly email: string;
  readonly phone: string | null;
  readonly version: number;
}

export interface OrganisationFilter {
  readonly siret?: string | undefined;
  /** Words of the name. */
  readonly q?: string | undefined;
  /** INSEE code. */
  readonly commune?: string | undefined;
}

/** `home`: where it is seated. `full`: also wherever it submitted a dossier. */
export interface OrganisationPerimeters {
  readonly home: Perimeter;
  readonly full: Perimeter;
}

const COLUMNS = 'o.id, o.siret, o.rna, o.name, o.legal_form, o.address, o.insee_code, o.email, o.phone, o.version';
const WHERE = `
  EXISTS (SELECT FROM organisation_perimeters p JOIN unnest($1::text[], $2::text[]) AS s (kind, code) ON p.kind = s.kind AND p.code = s.code
          WHERE p.organisation_id = o.id)
  AND ($3::text IS NULL OR o.siret = $3)
  AND ($4::text IS NULL OR strpos(fold(o.name), fold($4)) > 0)
  AND ($5::text IS NULL OR o.insee_code = $5)`;

@Injectable()
export class OrganisationRepository {
  /** @throws SiretAlreadyKnown */
  async add(query: Query, organisation: Organisation, createdBy: string, at: Date): Promise<void> {
    const { id, siret, rna, name, legalForm, address, inseeCode, email, phone } = organisation;
    const added = await query(
      `INSERT INTO organisations (id, siret, rna, name, legal_form, address, insee_code, email, phone, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (siret) DO NOTHING RETURNING id`,
      [id, siret, rna, name, legalForm, address, inseeCode, email, phone, createdBy, at],
    );
    if (added.length === 0) throw new SiretAlreadyKnown();
  }

  /** @throws NotFound */
  async get(query: Query, id: string): Promise<Organisation> {
    return existing(await query<OrganisationRow>(`SELECT ${COLUMNS} FROM organisations o WHERE o.id = $1`, [id]));
  }

  /** @throws NotFound */
  async lock(query: Query, id: string): Promise<Organisation> {
    return existing(await query<OrganisationRow>(`SELECT ${COLUMNS} FROM organisations o WHERE o.id = $1 FOR UPDATE`, [id]));
  }

  /** @throws NotFound */
  async bySiret(query: Query, siret: string): Promise<Organisation> {
    return existing(await query<OrganisationRow>(`SELECT ${COLUMNS} FROM organisations o WHERE o.siret = $1`, [siret]));
  }

  async exists(query: Query, id: string): Promise<boolean> {
    return (await query('SELECT FROM organisations WHERE id = $1', [id])).length > 0;
  }

  /** Gives the organisation at its next version. */
  async save(query: Query, { id, rna, name, legalForm, address, inseeCode, email, phone }: Organisation): Promise<Organisation> {
    return existing(
      await query<OrganisationRow>(
        `UPDATE organisations o SET rna = $2, name = $3, legal_form = $4, address = $5, insee_code = $6, email = $7, phone = $8, version = version + 1
         WHERE o.id = $1 RETURNING ${COLUMNS}`,
        [id, rna, name, legalForm, address, inseeCode, email, phone],
      ),
    );
  }

  async perimeters(query: Query, id: string): Promise<OrganisationPerimeters> {
    const rows = await query<Scope & { home: boolean }>('SELECT kind, code, home FROM organisation_perimeters WHERE organisation_id = $1', [
      id,
    ]);
    const scopes = (kept: typeof rows) => kept.map(({ kind, code }) => ({ kind, code }));
    return { home: scopes(rows.filter(({ home }) => home)), full: scopes(rows) };
  }

  /** Those seen from one of the scopes, by name. */
  async list(query: Query, scopes: readonly Scope[], filter: OrganisationFilter, request: PageRequest): Promise<Page<Organisation>> {
    const where = [
      scopes.map(({ kind }) => kind),
      scopes.map(({ code }) => code),
      filter.siret ?? null,
      filter.q ?? null,
      filter.commune ?? null,
    ];
    const [name = null, id = null] = request.after ?? [];
    const rows = await query<OrganisationRow>(
      `SELECT ${COLUMNS} FROM organisations o WHERE ${WHERE} AND ($6::text IS NULL OR (o.name, o.id) > ($6, $7::uuid)) ORDER BY o.name, o.id LIMIT $8`,
      [...where, name, id, request.limit + 1],
    );
    const total = request.count ? await this.count(query, where) : undefined;
    return pageOf(rows.map(toOrganisation), request, (row) => [row.name, row.id], total);
  }

  private async count(query: Query, where: readonly unknown[]): Promise<number> {
    const [row] = await query<{ total: number }>(`SELECT count(*)::int AS total FROM organisations o WHERE ${WHERE}`, where);
    return row?.total ?? 0;
  }
}

function toOrganisation({ legal_form: legalForm, insee_code: inseeCode, ...row }: OrganisationRow): Organisation {
  return { ...row, legalForm, inseeCode };
}

/** @throws NotFound */
function existing([row]: readonly OrganisationRow[]): Organisation {
  if (!row) throw new NotFound();
  return toOrganisation(row);
}
