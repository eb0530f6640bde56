import type { Query } from '../database/query.js';

export interface OutboxRow {
  readonly id: string;
  readonly type: string;
  readonly payload: unknown;
  /** How many times it was handed to the queue. */
  readonly attempts: number;
}

const ROW = 'id, type, payload, attempts';

/**
 * Neither handled nor dead, for statements that name their events. Said by each column, PostgreSQL would look for them among all that wait, which it
 * takes for few: the more wait, the longer.
 */
export const LEFT_TO_DO = 'coalesce(handled_at, dead_at) IS NULL';

/** From this many offers on, an event counts as failing. With the default lease that is an hour and a half. */
export const FAILING_AFTER = 12;

/**
 * First statement of a handler's transaction: locks the event, waiting for another delivery of it if one is running, so that two never
 * work at once. `null`: it is already handled, there is nothing left to do.
 */
export async function claim(query: Query, outboxId: string): Promise<OutboxRow | null> {
  const [row] = await claimAll(query, [outboxId]);
  return row ?? null;
}

/** The same for several: gives those that are left to do. */
export function claimAll(query: Query, outboxIds: readonly string[]): Promise<OutboxRow[]> {
  return query<OutboxRow>(`SELECT ${ROW} FROM outbox WHERE id = ANY ($1::uuid[]) AND ${LEFT_TO_DO} ORDER BY id FOR UPDATE`, [outboxIds]);
}

/** Marks the event handled, in the transaction of what was done for it. False when it already was. */
export async function markHandled(query: Query, outboxId: string): Promise<boolean> {
  return (await markAllHandled(query, [outboxId])) === 1;
}

/** The same for several: gives how many were not yet. */
export async function markAllHandled(query: Query, outboxIds: readonly string[]): Promise<number> {
  const rows = await query(
    `UPDATE outbox SET handled_at = now(), last_error = NULL, held_by = NULL, held_until = NULL
     WHERE id = ANY ($1::uuid[]) AND ${LEFT_TO_DO} RETURNING 1`,
    [outboxIds],
  );
  return rows.length;
}

const DUE = 'handled_at IS NULL AND dead_at IS NULL AND available_at <= now()';

/** Whether something is due, of other types than `except`. */
export async function anyDue(query: Query, except: readonly string[]): Promise<boolean> {
  const [row] = await query<{ due: boolean }>(`SELECT EXISTS (SELECT FROM outbox WHERE ${DUE} AND type <> ALL ($1::text[])) AS due`, [
    except,
  ]);
  return row?.due === true;
}

/** Locks the oldest due events until the transaction ends; those that another relay or a handler holds are left out. */
export function lockDue(query: Query, limit: number, except: readonly string[]): Promise<OutboxRow[]> {
  return query<OutboxRow>(
    `SELECT ${ROW} FROM outbox WHERE ${DUE} AND type <> ALL ($2::text[]) ORDER BY available_at LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [limit, except],
  );
}

export interface Lease {
  readonly id: string;
  readonly seconds: number;
  readonly error: string | null;
}

/** Counts one offer more, and hides the events for the time of their lease. */
export async function leaseOut(query: Query, leases: readonly Lease[]): Promise<void> {
  await query(
    `UPDATE outbox o
     SET relayed_at = now(), attempts = o.attempts + 1, available_at = now() + make_interval(secs => l.seconds),
         last_error = coalesce(l.error, o.last_error)
     FROM unnest($1::uuid[], $2::float8[], $3::text[]) AS l (id, seconds, error)
     WHERE o.id = l.id`,
    [leases.map(({ id }) => id), leases.map(({ seconds }) => seconds), leases.map(({ error }) => error)],
  );
}

export interface OutboxHealth {
  readonly pending: number;
  /** Age of the oldest event that is not handled; 0 when there is none. */
  readonly oldestSeconds: number;
  /** Events offered FAILING_AFTER times or more, still not handled. */
  readonly failing: number;
  /** Events given up, that an administrator has neither offered again nor discarded. */
  readonly dead: number;
}

export async function outboxHealth(query: Query): Promise<OutboxHealth> {
  const [row] = await query<OutboxHealth>(
    `SELECT count(*)::int AS pending,
            coalesce(extract(epoch FROM now() - min(occurred_at)), 0)::float8 AS "oldestSeconds",
            (count(*) FILTER (WHERE attempts >= $1))::int AS failing,
            (SELECT count(*)::int FROM outbox WHERE dead_at IS NOT NULL AND discarded_at IS NULL) AS dead
     FROM outbox WHERE handled_at IS NULL AND dead_at IS NULL`,
    [FAILING_AFTER],
  );
  return row ?? { pending: 0, oldestSeconds: 0, failing: 0, dead: 0 };
}

/** Forgets events handled or discarded more than `days` ago, a few thousand at a time. Gives how many. */
export async function pruneHandled(query: Query, days: number): Promise<number> {
  const rows = await query(
    `DELETE FROM outbox WHERE id IN (
       SELECT id FROM outbox WHERE coalesce(handled_at, discarded_at) < now() - make_interval(days => $1) LIMIT 5000
     ) RETURNING 1`,
    [days],
  );
  return rows.length;
}
