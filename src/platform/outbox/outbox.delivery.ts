import { setTimeout as wait } from 'node:timers/promises';
import { jobInHand, TooLate, type JobInHand } from '../job-in-hand.js';
import {
  backoffMs,
  describeFailure,
  isClock,
  PermanentFailure,
  QUEUE_RULES,
  type JobRegistry,
  type Log,
  type QueueRules,
  type RawJob,
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

/** What a worker does with a job: take its event in hand, run its handler within its time, and say how that went. */
export function outboxDelivery({ database, registry, log, rules = QUEUE_RULES, count }: DeliverySettings): (job: RawJob) => Promise<void> {
  return async (job) => {
    const route = registry.route(job.type);
    if (route === undefined || route === 'ignored') throw new DeliveryFailed(`no handler for ${job.type} in this build`);
    const limits = rules[route.queue];
    const event = isClock(job.type) ? null : await take(database, job, limits, log);
    if (event === 'no longer ours') return;
    try {
      await within(limits, event, () => route.handle(job));
    } catch (error) {
      const reason = describeFailure(error);
      count?.(job.type, 'failed');
      log.warn({ type: job.type, id: job.id, attempt: job.attempt, reason, at: placeOf(error) }, 'a job failed');
      if (event) await giveBack(database, event, { error, reason, limits, type: job.type, log });
      throw new DeliveryFailed(reason);
    }
    if (event) await settle(database.read, event.id, event.tries);
    count?.(job.type, 'done');
  };
}

type Event = NonNullable<JobInHand['event']>;

async function take({ read }: OutboxDatabase, job: RawJob, limits: QueueRules, log: Log): Promise<Event | 'no longer ours'> {
  const handling = { id: job.id, offer: job.attempt, seconds: limits.timeoutMs / 1000, maxTries: limits.maxTries };
  const begun = await begin(read, handling).catch((error: unknown) => {
    const reason = describeFailure(error);
    log.warn({ type: job.type, id: job.id, attempt: job.attempt, reason }, 'a job could not begin');
    throw new DeliveryFailed(reason);
  });
  if (begun?.dead) log.error({ type: job.type, id: job.id, tries: begun.tries }, 'an event is given up: its workers never came back');
  return begun && !begun.dead ? { id: job.id, tries: begun.tries } : 'no longer ours';
}

/** The handler is not stopped when its time is up: its transactions are, by what `jobInHand` says. */
async function within({ timeoutMs }: QueueRules, event: Event | null, handle: () => Promise<void>): Promise<void> {
  const inHand = { event, endsAt: performance.now() + timeoutMs, idleMs: Math.min(timeoutMs, IDLE_MS) };
  const timer = new AbortController();
  const late = wait(timeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new TooLate(`not done within ${timeoutMs} ms`);
  });
  try {
    await Promise.race([jobInHand.run(inHand, handle), late]);
  } finally {
    timer.abort();
    late.catch(() => undefined);
  }
}

interface Failing {
  readonly error: unknown;
  readonly reason: string;
  readonly limits: QueueRules;
  readonly type: string;
  readonly log: Log;
}

async function giveBack({ read }: OutboxDatabase, { id, tries }: Event, { error, reason, limits, type, log }: Failing): Promise<void> {
  const dies = error instanceof PermanentFailure || tries >= limits.maxTries;
  if (dies) log.error({ type, id, tries, reason }, 'an event is given up');
  // When this cannot be written (its own late transaction may still hold the row), the event is offered again once its time is up.
  await fail(read, { id, tries, reason, waitSeconds: backoffMs(limits, tries) / 1000, dies }).catch(() => undefined);
}

/** The stack without its first line, which repeats the message. */
function placeOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at ')).slice(0, 5);
}
