import type { Query } from '../database/query.js';

/** For one statement: it waits so long for who holds the event's row, such as the relay, which commits right after it has offered. */
const PATIENCE = `SELECT set_config('lock_timeout', '5s', true)`;
/** Seconds after a handler's time is up before another offer of its event may begin: clocks and round trips of two machines. */
const MARGIN_SECONDS = 5;

export interface Begun {
  /** Number of this handling: its token. */
  readonly tries: number;
  /** It was tried often enough before; it is not to be handled. */
  readonly dead: boolean;
}

export interface Handling {
  readonly id: string;
  /** Which offer of the event this is. The queue gives one offer twice when the worker that had it is gone: the second takes over. */
  readonly offer: number;
  readonly seconds: number;
  readonly maxTries: number;
}

/**
 * Takes an event in hand: from now on, what an earlier handling of it does is refused. `null`: it is handled, dead, or in the hands of another
 * offer whose time is not up. A handling that never ended (its worker was killed) counts as one that failed.
 * @throws the driver's error when a handling under way still holds the row
 */
export async function begin(query: Query, { id, offer, seconds, maxTries }: Handling): Promise<Begun | null> {
  const [row] = await query<Begun>(
    `WITH patience AS MATERIALIZED (${PATIENCE})
     UPDATE outbox SET
       tries = CASE WHEN tries < $4 THEN tries + 1 ELSE tries END,
       held_offer = CASE WHEN tries < $4 THEN $2::int END,
       held_until = CASE WHEN tries < $4 THEN clock_timestamp() + make_interval(secs => $3::float8 + ${MARGIN_SECONDS}) END,
       available_at = greatest(available_at, clock_timestamp() + make_interval(secs => $3::float8 + ${2 * MARGIN_SECONDS})),
       dead_at = CASE WHEN tries >= $4 THEN now() END,
       last_error = CASE WHEN tries >= $4 THEN coalesce(last_error, 'its workers never came back') ELSE last_error END
     FROM patience
     WHERE id = $1 AND handled_at IS NULL AND dead_at IS NULL
       AND (held_until IS NULL OR held_until <= clock_timestamp() OR held_offer = $2)
     RETURNING tries, dead_at IS NOT NULL AS dead`,
    [id, offer, seconds, maxTries],
  );
  return row ?? null;
}

/** Marks the event handled, unless its handler did or another handling has begun. */
export async function settle(query: Query, id: string, tries: number): Promise<void> {
  await query(
    `UPDATE outbox SET handled_at = now(), last_error = NULL, held_offer = NULL, held_until = NULL
     WHERE id = $1 AND tries = $2 AND handled_at IS NULL AND dead_at IS NULL`,
    [id, tries],
  );
}

export interface Failure {
  readonly id: string;
  readonly tries: number;
  /** Nothing personal (`describeFailure`). */
  readonly reason: string;
  /** Until the event is offered again. */
  readonly waitSeconds: number;
  /** It is offered no more. */
  readonly dies: boolean;
}

/** Keeps why a handling failed, unless another has begun since. */
export async function fail(query: Query, { id, tries, reason, waitSeconds, dies }: Failure): Promise<void> {
  await query(
    `WITH patience AS MATERIALIZED (${PATIENCE})
     UPDATE outbox SET last_error = $3, held_offer = NULL, held_until = NULL, available_at = now() + make_interval(secs => $4::float8),
       dead_at = CASE WHEN $5 THEN now() END
     FROM patience WHERE id = $1 AND tries = $2 AND handled_at IS NULL AND dead_at IS NULL`,
    [id, tries, reason, waitSeconds, dies],
  );
}
