import type { TestApp } from '../../setup/app.js';

/** What the acts on an object left in the audit, in order. */
export async function auditedActs(app: TestApp, objectId: string): Promise<string[]> {
  const rows = await app.query<{ act: string }>('SELECT act FROM audit WHERE object_id = $1 ORDER BY at, id', [objectId]);
  return rows.map(({ act }) => act);
}

/** What was told of a dossier through the outbox, in order. */
export async function toldOf(app: TestApp, dossierId: string): Promise<string[]> {
  const rows = await app.query<{ type: string }>(`SELECT type FROM outbox WHERE payload->>'dossierId' = $1 ORDER BY occurred_at, id`, [
    dossierId,
  ]);
  return rows.map(({ type }) => type);
}

export interface StoredDossier {
  readonly state: string;
  readonly version: number;
  readonly attested_hash: Buffer | null;
  readonly submitted_at: Date | null;
  readonly updated_at: Date;
}

export async function storedDossier(app: TestApp, id: string): Promise<StoredDossier> {
  const [row] = await app.query<StoredDossier>(
    'SELECT state, version, attested_hash, submitted_at, updated_at FROM dossiers WHERE id = $1',
    [id],
  );
  if (!row) throw new Error(`no dossier ${id}`);
  return row;
}

/** Scopes the dossier is seen from, as `kind code`, sorted. */
export async function seenFrom(app: TestApp, id: string): Promise<string[]> {
  const rows = await app.query<{ scope: string }>(
    `SELECT kind || ' ' || code AS scope FROM dossier_perimeters WHERE dossier_id = $1 ORDER BY 1`,
    [id],
  );
  return rows.map(({ scope }) => scope);
}

export const etag = (version: number): Record<string, string> => ({ 'If-Match': `"${version}"` });
