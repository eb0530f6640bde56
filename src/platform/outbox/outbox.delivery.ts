import { setTimeout as wait } from 'node:timers/promises';
import { jobInHand, TooLate, type EventInHand, type JobInHand } from '../job-in-hand.js';
import {
  backoffMs,
  describeFailure,
  isClock,
  PermanentFailure,
  PutOff,
  QUEUE_RULES,
  type Bundle,
  type Failures,
  type JobRegistry,
  type Log,
  type QueueRules,
  type Rules,
} from '../queue/index.js';
import { begin, fail, settle } from './handling.store.js';
import type { OutboxDatabase } from './outbox.relay.js';

/** A delivery failed. It carries the failure's description and nothing else, because the queue keeps messages and stacks. */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';

  constructor(reason: string) {
    super(reason);
    this.stack = `${this.name}: ${reason}`;
  }
}

/** Milliseconds that a transaction of a job may be silent, however long its handler may take: only a frozen process is silent longer. */
const IDLE_MS = 60_000;

export interface DeliverySettings {
  readonly database: OutboxDatabase;
  readonly registry: JobRegistry;
  readonly log: Log;
  readonly rules?: Rules;
  /** Told how each handling ended. */
  readonly count?: (type: string, outcome: 'done' | 'failed') => void;
}

/** What a worker does with a job: take its events in hand, run their handler within its time, and say how that went for each. */
export function outboxDelivery({
  database,
  registry,
  log,
  rules = QUEUE_RULES,
  count,
}: DeliverySettings): (bundle: Bundle) => Promise<void> {
  return async (bundle) => {
    const { type } = bundle;
    const route = registry.route(type);
    if (route === undefined || route === 'ignored') throw new DeliveryFailed(`no handler for ${type} in this build`);
    const limits = rules[route.queue];
    const since = performance.now();
    const tick = isClock(type);
    const events = tick ? [] : await take(database, bundle, limits, log);
    const tries = new Map(events.map((event) => [event.id, event.tries]));
    const jobs = tick ? bundle.jobs : bundle.jobs.filter(({ id }) => tries.has(id));
    if (jobs.length === 0) return;
    const failures = await within(limits, { events, since }, () => route.handle(jobs)).catch((error: unknown) => {
      // Those that the handler marked handled before it failed are left so.
      return new Map(jobs.map(({ id }) => [id, error]));
    });
    const [done, failed] = [jobs.filter(({ id }) => !failures.has(id)), jobs.filter(({ id }) => failures.has(id))];
    if (!tick && done.length > 0)
      await settle(
        database.read,
        events.filter(({ id }) => !failures.has(id)),
      );
    for (let n = 0; n < done.length; n++) count?.(type, 'done');
    for (const { id, attempt } of failed) {
      const error = failures.get(id);
      if (error instanceof PutOff) continue;
      count?.(type, 'failed');
      log.warn({ type, id, attempt, reason: describeFailure(error), at: placeOf(error) }, 'a job failed');
    }
    const failing = events.filter(({ id }) => failures.has(id)).map((event) => ({ ...event, error: failures.get(event.id) }));
    if (failing.length > 0) await giveBack(database, failing, { limits, type, log });
    if (failed[0]) throw new DeliveryFailed(describeFailure(failures.get(failed[0].id)));
  };
}

async function take({ read }: OutboxDatabase, { jobId, type, jobs }: Bundle, limits: QueueRules, log: Log): Promise<EventInHand[]> {
  const ids = jobs.map(({ id }) => id);
  const begun = await begin(read, { ids, jobId, seconds: limits.timeoutMs / 1000, maxTries: limits.maxTries }).catch((error: unknown) => {
    const reason = describeFailure(error);
    log.warn({ type, ids, reason }, 'a job could not begin');
    throw new DeliveryFailed(reason);
  });
  for (const { id, tries, dead } of begun) {
    if (dead) log.error({ type, id, tries }, 'an event is given up: its workers never came back');
  }
  return begun.filter(({ dead }) => !dead).map(({ id, tries }) => ({ id, tries }));
}

/** The handler is not stopped when its time is up: its transactions are, by what `jobInHand` says. */
async function within(
  { timeoutMs }: QueueRules,
  taken: Pick<JobInHand, 'events' | 'since'>,
  handle: () => Promise<Failures>,
): Promise<Failures> {
  const inHand = { ...taken, endsAt: performance.now() + timeoutMs, idleMs: Math.min(timeoutMs, IDLE_MS) };
  const timer = new AbortController();
  const late = wait(timeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new TooLate(`not done within ${timeoutMs} ms`);
  });
  try {
    return await Promise.race([jobInHand.run(inHand, handle), late]);
  } finally {
    timer.abort();
    late.catch(() => undefined);
  }
}

type Failing = EventInHand & { readonly error: unknown };

async function giveBack(
  { read }: OutboxDatabase,
  failing: readonly Failing[],
  { limits, type, log }: { limits: QueueRules; type: string; log: Log },
): Promise<void> {
  const failures = failing.map(({ id, tries, error }) => ({
    ...{ id, tries, reason: describeFailure(error) },
    waitSeconds: error instanceof PutOff ? 0 : backoffMs(limits, tries) / 1000,
    dies: error instanceof PermanentFailure || tries >= limits.maxTries,
  }));
  for (const { id, tries, reason, dies } of failures) if (dies) log.error({ type, id, tries, reason }, 'an event is given up');
  // When this cannot be written (its own late transaction may still hold the row), the event is offered again once its time is up.
  await fail(read, failures).catch(() => undefined);
}

/** The stack without its first line, which repeats the message. */
function placeOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at ')).slice(0, 5);
}
