import { setTimeout as wait } from 'node:timers/promises';
import { groupBy } from '../../kernel/group-by.js';
import { newId } from '../../kernel/id.js';
import { inParts } from '../../kernel/parts.js';
import type { Query } from '../database/query.js';
import { QUEUE_RULES, type JobRegistry, type NewJob, type QueueBackend, type QueueName, type Rules } from '../queue/index.js';
import { anyDue, leaseOut, lockDue, markAllHandled, type Lease, type OutboxRow } from './outbox.store.js';

/** What the outbox needs of the database: reads, and one transaction around `work`. */
export interface OutboxDatabase {
  readonly read: Query;
  readonly transaction: <Result>(work: (query: Query) => Promise<Result>) => Promise<Result>;
}

export interface RelaySettings {
  readonly database: OutboxDatabase;
  readonly backend: QueueBackend;
  readonly registry: JobRegistry;
  readonly pollMs?: number;
  readonly batch?: number;
  /** How long an event is hidden after its first offer; doubles with each offer, up to `lastLeaseMs`. */
  readonly firstLeaseMs?: number;
  readonly lastLeaseMs?: number;
  readonly rules?: Rules;
}

const RETRY_MS = 1_000;

/** One job, and the events that it carries. */
interface Offer {
  readonly job: NewJob;
  readonly leases: readonly Lease[];
}

/**
 * Hands the events of the outbox to the queue, and again until each is handled: a lost job, a killed worker or a handler that throws
 * costs a lease, never the event. Several relays may run; a row is locked by one at a time. When a queue has enough waiting, the rest stays in the
 * outbox: the store keeps its size however long the workers are away, and other queues go on.
 */
export class OutboxRelay {
  private readonly stopping = new AbortController();
  private readonly pollMs: number;
  private readonly batch: number;
  private readonly firstLeaseMs: number;
  private readonly lastLeaseMs: number;
  private readonly rules: Rules;
  /** Queues that had enough waiting when last looked at. */
  private readonly full = new Set<QueueName>();
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly settings: RelaySettings) {
    this.pollMs = settings.pollMs ?? 250;
    this.batch = settings.batch ?? 500;
    this.firstLeaseMs = settings.firstLeaseMs ?? 30_000;
    this.lastLeaseMs = settings.lastLeaseMs ?? 600_000;
    this.rules = settings.rules ?? QUEUE_RULES;
  }

  /** Returns at once. */
  start(): void {
    this.loop = this.keep();
  }

  /** Resolves when the batch in hand is committed or given up. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  /**
   * Relays one batch; gives how many events were dealt with. The jobs are added before the commit: a crash in between offers the rows again, and which
   * of two jobs takes an event in hand first keeps it (`begin`). A handler that is quicker than the commit waits for it on the row's lock.
   */
  async relayOnce(): Promise<number> {
    const { database, registry } = this.settings;
    for (const queue of this.full) if ((await this.room(queue)) > 0) this.full.delete(queue);
    const held = [...this.full].flatMap((queue) => registry.typesOf(queue));
    if (!(await anyDue(database.read, held))) return 0;
    return database.transaction(async (query) => {
      const { jobs, ignored, leases } = this.sort(await lockDue(query, this.batch, held));
      for (const [queue, offers] of jobs) leases.push(...(await this.offer(queue, offers)));
      if (ignored.length > 0) await markAllHandled(query, ignored);
      if (leases.length > 0) await leaseOut(query, leases);
      return ignored.length + leases.length;
    });
  }

  /** Offers as many as the queue has room for; the others are left as they are. */
  private async offer(queue: QueueName, offers: readonly Offer[]): Promise<Lease[]> {
    const room = await this.room(queue);
    if (room <= offers.length) this.full.add(queue);
    const fitting = offers.slice(0, Math.max(room, 0));
    if (fitting.length > 0) {
      await this.settings.backend.enqueue(
        queue,
        fitting.map(({ job }) => job),
      );
    }
    return fitting.flatMap(({ leases }) => leases);
  }

  /** How many more jobs may wait on the queue. Several relays may each fill it: the bound is one of order. */
  private async room(queue: QueueName): Promise<number> {
    const counts = await this.settings.backend.on(queue, (store) => store.getJobCounts('waiting'));
    return this.rules[queue].maxWaiting - (counts['waiting'] ?? 0);
  }

  private sort(rows: readonly OutboxRow[]): { jobs: Map<QueueName, Offer[]>; ignored: string[]; leases: Lease[] } {
    const jobs = new Map<QueueName, Offer[]>();
    const ignored: string[] = [];
    const leases: Lease[] = [];
    for (const [type, events] of groupBy(rows, (row) => row.type)) {
      const route = this.settings.registry.route(type);
      if (route === 'ignored') ignored.push(...events.map(({ id }) => id));
      else if (route) {
        const offers = inParts(events, route.most).map((part) => this.offerOf(part));
        jobs.set(route.queue, [...(jobs.get(route.queue) ?? []), ...offers]);
      } else {
        // A type of another build: kept for a process that knows it.
        const error = 'no handler in this build';
        this.settings.backend.complaints.about(`an event of type ${type} waits`, new Error(error));
        leases.push(...events.map((event) => this.leaseOf(event, error)));
      }
    }
    return { jobs, ignored, leases };
  }

  private offerOf(events: readonly [OutboxRow, ...OutboxRow[]]): Offer {
    const [{ type, ...first }, ...others] = events;
    const alone = others.length === 0;
    return {
      job: {
        // The queue merges what is offered twice under one name; which events share a job is never twice the same.
        jobId: alone ? `${first.id}-${first.attempts}` : newId(),
        type,
        ...delivery(first),
        ...(alone ? {} : { others: others.map(delivery) }),
      },
      leases: events.map((event) => this.leaseOf(event, null)),
    };
  }

  private leaseOf({ id, attempts }: OutboxRow, error: string | null): Lease {
    return { id, seconds: this.leaseSeconds(attempts), error };
  }

  private leaseSeconds(attempts: number): number {
    return Math.min(this.firstLeaseMs * 2 ** Math.min(attempts, 20), this.lastLeaseMs) / 1000;
  }

  private async keep(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      let pause = this.pollMs;
      try {
        if ((await this.relayOnce()) >= this.batch) pause = 0;
      } catch (error) {
        this.settings.backend.complaints.about('events wait in the outbox', error);
        pause = Math.max(this.pollMs, RETRY_MS);
      }
      if (pause > 0) await wait(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

function delivery({ id, payload, attempts }: Omit<OutboxRow, 'type'>): { id: string; payload: unknown; attempt: number } {
  return { id, payload, attempt: attempts + 1 };
}
