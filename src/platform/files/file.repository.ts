import { Injectable } from '@nestjs/common';
import type { Query } from '../database/query.js';
import type { FileOwner, StoredFile } from './stored-file.js';

const COLUMNS = `id, name, media_type AS "mediaType", size_bytes AS "sizeBytes", encode(sha256, 'hex') AS sha256, purpose, uploaded_by AS "uploadedBy",
  created_at AS "createdAt"`;

@Injectable()
export class FileRepository {
  async insert(query: Query, file: StoredFile): Promise<void> {
    await query(
      `INSERT INTO files (id, name, media_type, size_bytes, sha256, purpose, uploaded_by, created_at)
       VALUES ($1, $2, $3, $4, decode($5, 'hex'), $6, $7, $8)`,
      [file.id, file.name, file.mediaType, file.sizeBytes, file.sha256, file.purpose, file.uploadedBy, file.createdAt],
    );
  }

  async find(query: Query, id: string): Promise<StoredFile | null> {
    const [file] = await query<StoredFile>(`SELECT ${COLUMNS} FROM files WHERE id = $1`, [id]);
    return file ?? null;
  }

  /** Locks it, with whether it is attached. */
  async lock(query: Query, id: string): Promise<(StoredFile & { readonly isAttached: boolean }) | null> {
    const [file] = await query<StoredFile & { isAttached: boolean }>(
      `SELECT ${COLUMNS}, owner_id IS NOT NULL AS "isAttached" FROM files WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return file ?? null;
  }

  async attach(query: Query, id: string, { ownerType, ownerId }: FileOwner): Promise<void> {
    await query('UPDATE files SET owner_type = $2, owner_id = $3 WHERE id = $1', [id, ownerType, ownerId]);
  }

  /** Forgets what nobody attached before `limit`, a few hundred at a time. Gives the ids. */
  async purgeUnattached(query: Query, limit: Date): Promise<string[]> {
    const rows = await query<{ id: string }>(
      `DELETE FROM files WHERE id IN (
         SELECT id FROM files WHERE owner_id IS NULL AND created_at < $1 ORDER BY created_at LIMIT 500 FOR UPDATE SKIP LOCKED
       ) RETURNING id`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Those of `ids` that no file is known by. */
  async unknownOf(query: Query, ids: readonly string[]): Promise<string[]> {
    const rows = await query<{ id: string }>(
      `SELECT n.id FROM unnest($1::uuid[]) AS n (id) WHERE NOT EXISTS (SELECT FROM files f WHERE f.id = n.id)`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }
}
