import type { TestApp } from '../setup/app.js';

export interface Trace {
  readonly act: string;
  readonly actorId: string | null;
  readonly actorKind: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

export interface Told {
  readonly type: string;
  /** Word for word. */
  readonly payload: Record<string, unknown>;
}

/** What the audit kept about an object, the oldest first; of a dossier, since the request that submitted it (which may have attested it too). */
export function auditOf(app: TestApp, objectId: string): Promise<Trace[]> {
  return app.query<Trace>(
    `SELECT a.act, a.actor_id AS "actorId", a.actor_kind AS "actorKind", a.before, a.after
     FROM audit a LEFT JOIN audit s ON s.object_id = a.object_id AND s.act = 'dossier.submitted'
     WHERE a.object_id = $1 AND (s.id IS NULL OR (a.id > s.id AND a.request_id IS DISTINCT FROM s.request_id)) ORDER BY a.id`,
    [objectId],
  );
}

/** What was told about a dossier since it was submitted, the oldest first. */
export async function toldOf(app: TestApp, dossierId: string): Promise<Told[]> {
  const all = await app.query<Told>(`SELECT type, payload FROM outbox WHERE payload ->> 'dossierId' = $1 ORDER BY id`, [dossierId]);
  return all.slice(all.findLastIndex(({ type }) => type === 'dossier.submitted.v1') + 1);
}
