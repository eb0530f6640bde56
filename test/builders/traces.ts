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

/** What the audit kept about an object, the oldest first; of a dossier, since it was submitted. */
export async function auditOf(app: TestApp, objectId: string): Promise<Trace[]> {
  const all = await app.query<Trace>(
    'SELECT act, actor_id AS "actorId", actor_kind AS "actorKind", before, after FROM audit WHERE object_id = $1 ORDER BY at, id',
    [objectId],
  );
  return all.slice(all.findLastIndex(({ act }) => act === 'dossier.submitted') + 1);
}

/** What was told about a dossier since it was submitted, the oldest first. */
export async function toldOf(app: TestApp, dossierId: string): Promise<Told[]> {
  const all = await app.query<Told>(`SELECT type, payload FROM outbox WHERE payload ->> 'dossierId' = $1 ORDER BY occurred_at, id`, [
    dossierId,
  ]);
  return all.slice(all.findLastIndex(({ type }) => type === 'dossier.submitted.v1') + 1);
}
