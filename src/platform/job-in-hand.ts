import { AsyncLocalStorage } from 'node:async_hooks';
import type { Query } from './database/query.js';

/** The delivery on behalf of which a handler runs. Outside a job (a request, a command) there is none. */
export interface JobInHand {
  /** The event's outbox row, and the number of this handling of it. Null for a tick. */
  readonly event: { readonly id: string; readonly tries: number } | null;
  /** When the handler has failed, on `performance.now()`'s clock, which goes on while a process is frozen. Milliseconds. */
  readonly endsAt: number;
  /** How long PostgreSQL lets a transaction of the job do nothing before it ends it. Milliseconds. */
  readonly idleMs: number;
}

export const jobInHand = new AsyncLocalStorage<JobInHand>();

/** The handler took too long, or its event is in other hands by now: nothing that it still does may count. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/**
 * To be asked before an effect that no transaction takes back, such as handing a message to a mail server. While it passes, nobody else has
 * begun: PostgreSQL lets go of a silent transaction no sooner than the handler's time is up.
 * @throws TooLate
 */
export function refuseIfLate(): void {
  const job = jobInHand.getStore();
  if (job && performance.now() > job.endsAt) throw new TooLate('its time is up');
}

/**
 * First statement of each transaction of a job. It holds the event until the commit, so that no other delivery begins meanwhile, and bounds the
 * silence of a process that is frozen: PostgreSQL then ends its session, and with it its locks. @throws TooLate when another has begun
 */
export async function fence(query: Query, { event, idleMs }: JobInHand): Promise<void> {
  const silence = `${Math.ceil(idleMs)}ms`;
  if (!event) {
    await query(`SELECT set_config('idle_in_transaction_session_timeout', $1, true)`, [silence]);
    return;
  }
  const rows = await query(
    `SELECT set_config('idle_in_transaction_session_timeout', $3, true) FROM outbox
     WHERE id = $1 AND tries = $2 AND handled_at IS NULL AND dead_at IS NULL FOR SHARE`,
    [event.id, event.tries, silence],
  );
  if (rows.length === 0) throw new TooLate('its event is in other hands');
}
