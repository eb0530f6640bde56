import type { Query } from '../database/query.js';
import type { EventInHand } from '../job-in-hand.js';
import { LEFT_TO_DO } from './outbox.store.js';

/** For one statement: it waits so long for who holds the event's row, such as the relay, which commits right after it has offered. */
const PATIENCE = `SELECT set_config('lock_timeout', '5s', true)`;
/** Seconds after a handler's time is up before another offer of its event may begin: clocks and round trips of two machines. */
const MARGIN_SECONDS = 5;

export interface Begun extends EventInHand {
  /** It was tried often enough before; it is not to be handled. */
  readonly dead: boolean;
}

export interface Handling {
  readonly ids: readonly string[];
  /** Which job has them. The queue gives one job twice when the worker that had it is gone: the second takes over. */
  readonly jobId: string;
  readonly seconds: number;
  readonly maxTries: number;
}

/**
 * Takes events in hand: from now on, what an earlier handling of one does is refused. Left out are those that are handled, dead, or in the hands of
 * another job whose time is not up. A handling that never ended (its worker was killed) counts as one that failed.
 * @throws the driver's error when a handling under way still holds a row
 */
export function begin(query: Query, { ids, jobId, seconds, maxTries }: Handling): Promise<Begun[]> {
  return query<Begun>(
    `WITH patience AS MATERIALIZED (${PATIENCE}), free AS (
       SELECT id FROM outbox, patience
       WHERE id = ANY ($1::uuid[]) AND ${LEFT_TO_DO}
         AND (held_until IS NULL OR held_until <= clock_timestamp() OR held_by = $2)
       ORDER BY id FOR UPDATE OF outbox
     )
     UPDATE outbox SET
       tries = CASE WHEN tries < $4 THEN tries + 1 ELSE tries END,
       held_by = CASE WHEN tries < $4 THEN $2::text END,
       held_until = CASE WHEN tries < $4 THEN clock_timestamp() + make_interval(secs => $3::float8 + ${MARGIN_SECONDS}) END,
       available_at = greatest(available_at, clock_timestamp() + make_interval(secs => $3::float8 + ${2 * MARGIN_SECONDS})),
       dead_at = CASE WHEN tries >= $4 THEN now() END,
       last_error = CASE WHEN tries >= $4 THEN coalesce(last_error, 'its workers never came back') ELSE last_error END
     FROM free WHERE outbox.id = free.id
     RETURNING outbox.id, tries, dead_at IS NOT NULL AS dead`,
    [ids, jobId, seconds, maxTries],
  );
}

/** Marks the events handled, but those that their handler marked or of which another handling has begun. */
export async function settle(query: Query, events: readonly EventInHand[]): Promise<void> {
  await query(
    `UPDATE outbox o SET handled_at = now(), last_error = NULL, held_by = NULL, held_until = NULL
     FROM unnest($1::uuid[], $2::int[]) AS e (id, tries)
     WHERE o.id = ANY ($1::uuid[]) AND o.id = e.id AND o.tries = e.tries AND ${LEFT_TO_DO}`,
    [events.map(({ id }) => id), events.map(({ tries }) => tries)],
  );
}

export interface Failure extends EventInHand {
  /** Nothing personal (`describeFailure`). */
  readonly reason: string;
  /** Until the event is offered again. */
  readonly waitSeconds: number;
  /** It is offered no more. */
  readonly dies: boolean;
}

/** Keeps why handlings failed, but those since which another has begun. */
export async function fail(query: Query, failures: readonly Failure[]): Promise<void> {
  await query(
    `WITH patience AS MATERIALIZED (${PATIENCE})
     UPDATE outbox o SET last_error = f.reason, held_by = NULL, held_until = NULL, available_at = now() + make_interval(secs => f.seconds),
       dead_at = CASE WHEN f.dies THEN now() END
     FROM patience, unnest($1::uuid[], $2::int[], $3::text[], $4::float8[], $5::boolean[]) AS f (id, tries, reason, seconds, dies)
     WHERE o.id = ANY ($1::uuid[]) AND o.id = f.id AND o.tries = f.tries AND ${LEFT_TO_DO}`,
    [
      failures.map(({ id }) => id),
      failures.map(({ tries }) => tries),
      failures.map(({ reason }) => reason),
      failures.map(({ waitSeconds }) => waitSeconds),
      failures.map(({ dies }) => dies),
    ],
  );
}
