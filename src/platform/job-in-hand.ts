import { AsyncLocalStorage } from 'node:async_hooks';
import type { Query } from './database/query.js';
import { wasSilentSince } from './silence.js';

/** An event's outbox row, and the number of this handling of it. */
export interface EventInHand {
  readonly id: string;
  readonly tries: number;
}

/** The job on behalf of which a handler runs. Outside a job (a request, a command) there is none. */
export interface JobInHand {
  /** None for a tick. */
  readonly events: readonly EventInHand[];
  /** Before they were taken in hand, on the clock of `endsAt`. */
  readonly since: number;
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

/** @throws TooLate when the handler's time is up */
export function refuseIfLate(): void {
  const job = jobInHand.getStore();
  if (job && performance.now() > job.endsAt) throw new TooLate('its time is up');
}

/**
 * To be asked just before an effect that no transaction takes back, such as handing a message to a mail server. The queue gives the job of a process
 * that is silent for seconds to another: after a silence, it is PostgreSQL that says whether the events are still this handling's.
 * @throws TooLate
 */
export async function refuseUnlessInHand(query: Query, eventIds: readonly string[]): Promise<void> {
  refuseIfLate();
  const job = jobInHand.getStore();
  if (job && wasSilentSince(job.since)) await hold(query, eventsOf(job, eventIds));
}

/** Milliseconds until the handler has failed; outside a job, for ever. */
export function timeLeft(): number {
  const job = jobInHand.getStore();
  return job ? job.endsAt - performance.now() : Number.POSITIVE_INFINITY;
}

/** What is left to do of an event outside of its job, such as along with those of other jobs. */
export interface LeftOfJob {
  readonly eventId: string;
  /** What `jobInHand` held; none outside a job. */
  readonly job: JobInHand | undefined;
}

/** Runs `work` on behalf of those events only, of several that are in hand: its transactions depend on them and on no other. */
export function onBehalfOf<Result>(eventIds: readonly string[], work: () => Promise<Result>): Promise<Result> {
  const job = jobInHand.getStore();
  return job ? jobInHand.run({ ...job, events: eventsOf(job, eventIds) }, work) : work();
}

/**
 * The same for events of several jobs, and for what was done on their behalf already: it counts however late it is said, as long as no other handling
 * of them has begun.
 */
export function onBehalfOfAll<Result>(left: readonly LeftOfJob[], work: () => Promise<Result>): Promise<Result> {
  const jobs = [...new Set(left.flatMap(({ job }) => job ?? []))];
  if (jobs.length === 0) return work();
  const ids = left.map(({ eventId }) => eventId);
  const together = {
    events: jobs.flatMap((job) => eventsOf(job, ids)),
    since: Math.min(...jobs.map(({ since }) => since)),
    endsAt: Number.POSITIVE_INFINITY,
    idleMs: Math.min(...jobs.map(({ idleMs }) => idleMs)),
  };
  return jobInHand.run(together, work);
}

function eventsOf({ events }: JobInHand, ids: readonly string[]): EventInHand[] {
  const wanted = new Set(ids);
  return events.filter(({ id }) => wanted.has(id));
}

/**
 * Does `work` on all of them; when that fails, on each alone, so that one that cannot be done holds back no other. `items` are named by their
 * events. Gives why those that failed did. @throws TooLate
 */
export async function togetherOrAlone<Item extends { readonly id: string }>(
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<void>,
): Promise<ReadonlyMap<string, unknown>> {
  const failures = new Map<string, unknown>();
  try {
    await onBehalfOf(
      items.map(({ id }) => id),
      () => work(items),
    );
  } catch (error) {
    const [first, ...others] = items;
    if (others.length > 0 && !(error instanceof TooLate)) {
      for (const item of items) for (const [id, why] of await togetherOrAlone([item], work)) failures.set(id, why);
    } else if (first) failures.set(first.id, error);
    if (error instanceof TooLate) throw error;
  }
  return failures;
}

/**
 * First statement of each transaction of a job. It holds the events until the commit, so that no other delivery begins meanwhile, and bounds the
 * silence of a process that is frozen: PostgreSQL then ends its session, and with it its locks. When another has begun, PostgreSQL refuses all that
 * follows, a COMMIT that did not wait for this answer included. @throws TooLate
 */
export async function fence(query: Query, { events, idleMs }: JobInHand): Promise<void> {
  const silence = `${Math.ceil(idleMs)}ms`;
  if (events.length === 0) await query(`SELECT ${BOUND_SILENCE}`, [silence]);
  else await hold(query, events, silence);
}

const BOUND_SILENCE = `set_config('idle_in_transaction_session_timeout', $1, true)`;
/** What `hold_events` says of events that are in other hands. */
const IN_HAND = 'outbox_in_hand';

async function hold(query: Query, events: readonly EventInHand[], silence = '0'): Promise<void> {
  try {
    await query(`SELECT ${BOUND_SILENCE}, hold_events($2::uuid[], $3::int[])`, [
      silence,
      events.map(({ id }) => id),
      events.map(({ tries }) => tries),
    ]);
  } catch (error) {
    if ((error as { constraint?: unknown }).constraint === IN_HAND) throw new TooLate('its event is in other hands');
    throw error;
  }
}
