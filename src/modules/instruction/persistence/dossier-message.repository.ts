import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Query } from '../../../platform/database/query.js';
import type { DossierMessage } from '../domain/dossier-message.js';

/** A message with the name of who wrote it. */
export interface DossierMessageRow extends DossierMessage {
  readonly authorName: string;
}

const COLUMNS = `m.id, m.dossier_id AS "dossierId", m.author_id AS "authorId", m.author_name AS "authorName", m.side, m.visibility, m.text,
  m.posted_at AS "postedAt"`;

@Injectable()
export class DossierMessageRepository {
  async add(query: Query, { id, dossierId, authorId, side, visibility, text, postedAt }: DossierMessage): Promise<void> {
    await query(
      'INSERT INTO dossier_messages (id, dossier_id, author_id, side, visibility, text, posted_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [...[id, dossierId, authorId, side, visibility, text, postedAt]],
    );
  }

  /** @throws NotFound */
  async get(query: Query, id: string): Promise<DossierMessageRow> {
    const [row] = await query<DossierMessageRow>(`SELECT ${COLUMNS} FROM dossier_message_rows m WHERE m.id = $1`, [id]);
    if (!row) throw new NotFound();
    return row;
  }

  /** In the order they were written; internal notes only `withNotes`. */
  async page(query: Query, dossierId: string, withNotes: boolean, request: PageRequest): Promise<Page<DossierMessageRow>> {
    const rows = await query<DossierMessageRow>(
      `SELECT ${COLUMNS} FROM dossier_message_rows m
       WHERE m.dossier_id = $1 AND ($2 OR m.visibility = 'all') AND ($3::uuid IS NULL OR m.id > $3::uuid) ORDER BY m.id LIMIT $4`,
      [dossierId, withNotes, request.after?.[0] ?? null, request.limit + 1],
    );
    const total = request.count ? await this.count(query, dossierId, withNotes) : undefined;
    return pageOf(rows, request, ({ id }) => [id], total);
  }

  private async count(query: Query, dossierId: string, withNotes: boolean): Promise<number> {
    const [row] = await query<{ total: number }>(
      `SELECT count(*)::int AS total FROM dossier_messages m WHERE m.dossier_id = $1 AND ($2 OR m.visibility = 'all')`,
      [dossierId, withNotes],
    );
    return row?.total ?? 0;
  }
}
