import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Perimeter, Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';
import type { DocumentKind, OrganisationDocument } from '../domain/organisation-document.js';

/** A document as people read it. */
export interface DocumentRow extends OrganisationDocument {
  readonly mediaType: string;
  readonly sizeBytes: bigint;
  readonly addedByName: string;
  readonly addedAt: Date;
  readonly supersededAt: Date | null;
}

const COLUMNS = `d.id, d.organisation_id AS "organisationId", d.kind, d.file_id AS "fileId", d.name, d.sha256, d.media_type AS "mediaType",
  d.size_bytes AS "sizeBytes", d.issued_on AS "issuedOn", d.valid_until AS "validUntil", d.added_by_name AS "addedByName", d.added_at AS "addedAt",
  d.superseded_at AS "supersededAt"`;
const WHERE = 'd.organisation_id = $1 AND ($2::boolean IS NULL OR (d.superseded_at IS NULL) = $2)';

@Injectable()
export class DocumentRepository {
  /** From where those look who may read them: its own people, and those who read a dossier that it submitted. */
  perimeterOf(query: Query, organisationId: string): Promise<Perimeter> {
    return query<Scope>('SELECT kind, code FROM organisation_file_perimeters WHERE organisation_id = $1', [organisationId]);
  }

  /** Ends the one that stands, if any, and gives its id. The caller holds the lock of the organisation. */
  async supersede(query: Query, organisationId: string, kind: DocumentKind, at: Date): Promise<string | null> {
    const [row] = await query<{ id: string }>(
      'UPDATE organisation_documents SET superseded_at = $3 WHERE organisation_id = $1 AND kind = $2 AND superseded_at IS NULL RETURNING id',
      [organisationId, kind, at],
    );
    return row?.id ?? null;
  }

  async add(query: Query, document: OrganisationDocument, by: string, at: Date): Promise<void> {
    const { id, organisationId, kind, fileId, name, sha256, issuedOn, validUntil } = document;
    await query(
      `INSERT INTO organisation_documents (id, organisation_id, kind, file_id, name, sha256, issued_on, valid_until, added_by, added_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, organisationId, kind, fileId, name, sha256, issuedOn, validUntil, by, at],
    );
  }

  /** @throws NotFound */
  async get(query: Query, id: string): Promise<DocumentRow> {
    const [row] = await query<DocumentRow>(`SELECT ${COLUMNS} FROM organisation_document_rows d WHERE d.id = $1`, [id]);
    if (!row) throw new NotFound();
    return row;
  }

  /** The last given first. `current`: those that stand, those superseded, or all when it is not said. */
  async page(query: Query, organisationId: string, current: boolean | undefined, request: PageRequest): Promise<Page<DocumentRow>> {
    const where = [organisationId, current ?? null];
    const rows = await query<DocumentRow>(
      `SELECT ${COLUMNS} FROM organisation_document_rows d WHERE ${WHERE} AND ($3::uuid IS NULL OR d.id < $3) ORDER BY d.id DESC LIMIT $4`,
      [...where, request.after?.[0] ?? null, request.limit + 1],
    );
    const total = request.count ? await this.count(query, where) : undefined;
    return pageOf(rows, request, ({ id }) => [id], total);
  }

  private async count(query: Query, where: readonly unknown[]): Promise<number> {
    const [row] = await query<{ total: number }>(`SELECT count(*)::int AS total FROM organisation_documents d WHERE ${WHERE}`, where);
    return row?.total ?? 0;
  }
}
