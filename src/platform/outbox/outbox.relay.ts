import { setTimeout as wait } from 'node:timers/promises';
import type { Query } from '../database/query.js';
import type { JobRegistry, NewJob, QueueBackend, QueueName } from '../queue/index.js';
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
}

const RETRY_MS = 1_000;

/**
 * Hands the events of the outbox to the queue, and again until each is handled: a lost job, a killed worker or a handler that throws
 * costs a lease, never the event. Several relays may run; a row is locked by one at a time.
 */
export class OutboxRelay {
  private readonly stopping = new AbortController();
  private readonly pollMs: number;
  private readonly batch: number;
  private readonly firstLeaseMs: number;
  private readonly lastLeaseMs: number;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly settings: RelaySettings) {
    this.pollMs = settings.pollMs ?? 250;
    this.batch = settings.batch ?? 500;
    this.firstLeaseMs = settings.firstLeaseMs ?? 30_000;
    this.lastLeaseMs = settings.lastLeaseMs ?? 600_000;
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
   * Relays one batch; gives its size. The jobs are added before the commit: a crash in between offers the rows again under the same
   * job ids, which the queue merges. A handler that is quicker than the commit waits for it on the row's lock (`claim`).
   */
  async relayOnce(): Promise<number> {
    const { backend, database } = this.settings;
    if (!(await anyDue(database.read))) return 0;
    return database.transaction(async (query) => {
      const rows = await lockDue(query, this.batch);
      const { jobs, ignored, leases } = this.sort(rows);
      for (const [queue, batch] of jobs) await backend.enqueue(queue, batch);
      if (ignored.length > 0) await markAllHandled(query, ignored);
      if (leases.length > 0) await leaseOut(query, leases);
      return rows.length;
    });
  }

  private sort(rows: readonly OutboxRow[]): { jobs: Map<QueueName, NewJob[]>; ignored: string[]; leases: Lease[] } {
    const jobs = new Map<QueueName, NewJob[]>();
    const ignored: string[] = [];
    const leases: Lease[] = [];
    for (const { id, type, payload, attempts } of rows) {
      const route = this.settings.registry.route(type);
      if (route === 'ignored') {
        ignored.push(id);
        continue;
      }
      // A type of another build: kept for a process that knows it.
      const error = route ? null : 'no handler in this build';
      if (!route) this.settings.backend.complaints.about(`an event of type ${type} waits`, new Error(error ?? ''));
      leases.push({ id, seconds: this.leaseSeconds(attempts), error });
      if (!route) continue;
      const batch = jobs.get(route.queue) ?? [];
      batch.push({ jobId: `${id}-${attempts}`, type, id, payload, attempt: attempts + 1 });
      jobs.set(route.queue, batch);
    }
    return { jobs, ignored, leases };
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
