import type { QueueName } from './jobs.js';

/** How the jobs of one queue are worked on. Durations in milliseconds. */
export interface QueueRules {
  /** Jobs handled at once, in one process. Each may hold a database connection, one of documents two. */
  readonly concurrency: number;
  /** A handler that takes longer has failed: nothing it does later counts. */
  readonly timeoutMs: number;
  /** The wait after a failure: the first, doubled at each, up to the last. */
  readonly backoff: { readonly firstMs: number; readonly lastMs: number };
  /** Handlings begun before the event is dead. An offer that no worker took up is none. */
  readonly maxTries: number;
  /** Jobs that wait in the store, above which the relay keeps the rest in the outbox. */
  readonly maxWaiting: number;
}

export type Rules = Readonly<Record<QueueName, QueueRules>>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const usual = { firstMs: 30 * SECOND, lastMs: 10 * MINUTE };

export const QUEUE_RULES: Rules = {
  // What fails here is a defect or a database that is away: an hour and a half shows which. Two at once: each may carry fifty events.
  events: { concurrency: 2, timeoutMs: MINUTE, backoff: usual, maxTries: 12, maxWaiting: 2_000 },
  // Five days, as long as mail servers keep a message for one that is away (RFC 5321, 4.5.4.1). Three at once: while one
  // writes its letters, the others keep the mail server busy. Five times what a job may begin to send for: what it has begun then has time to end.
  mail: { concurrency: 3, timeoutMs: 5 * MINUTE, backoff: { firstMs: 30 * SECOND, lastMs: 15 * MINUTE }, maxTries: 480, maxWaiting: 1_000 },
  // Drawing fills a core: more at once would only share it.
  documents: { concurrency: 2, timeoutMs: 10 * MINUTE, backoff: usual, maxTries: 8, maxWaiting: 200 },
  // One file at a time in a process: each writes thousands of rows, and the next one waits for its locks anyway.
  imports: { concurrency: 1, timeoutMs: 15 * MINUTE, backoff: usual, maxTries: 5, maxWaiting: 100 },
  exports: { concurrency: 1, timeoutMs: 15 * MINUTE, backoff: usual, maxTries: 5, maxWaiting: 100 },
  // Somebody else's server: three days, then it is theirs to ask again. Four at once, as one that hangs keeps a worker for ten seconds.
  webhooks: { concurrency: 4, timeoutMs: 30 * SECOND, backoff: { firstMs: MINUTE, lastMs: HOUR }, maxTries: 78, maxWaiting: 1_000 },
  // Ticks: never offered again, the next one does what is due.
  clocks: { concurrency: 2, timeoutMs: 10 * MINUTE, backoff: usual, maxTries: 1, maxWaiting: 100 },
};

/** The wait after the failure of the `tries`-th handling. */
export function backoffMs({ backoff: { firstMs, lastMs } }: QueueRules, tries: number): number {
  return Math.min(firstMs * 2 ** Math.min(tries - 1, 20), lastMs);
}
