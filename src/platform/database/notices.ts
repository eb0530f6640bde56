import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

/** Who hears a channel. */
export interface Hearer {
  heard(payload: string): void;
  /** The connection was just made, for the first time or again: whatever was said before went unheard. */
  connected(): void;
}

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 5_000;
/** How often the connection is asked whether it still answers, and how long it has to. */
const PROBE_EVERY_MS = 20_000;
const PROBE_MS = 5_000;

/**
 * What PostgreSQL says by NOTIFY, heard on one connection a process whatever the number of hearers; opened with the first of them. A connection that
 * drops is made again for as long as it takes. (LISTEN needs a session: behind a pooler, one that keeps sessions.)
 */
export class Notices {
  private readonly hearers = new Map<string, Hearer>();
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    private readonly databaseUrl: string,
    private readonly complain: (error: unknown) => void,
    private readonly probeEveryMs: number = PROBE_EVERY_MS,
  ) {}

  /** Declares who hears a channel; nothing is opened yet. */
  hear(channel: string, hearer: Hearer): void {
    if (!/^[a-z_]+$/.test(channel) || this.hearers.has(channel)) throw new Error(`The channel ${channel} is misnamed, or has its hearer.`);
    this.hearers.set(channel, hearer);
  }

  /** Opens the connection if it is not; returns at once. */
  start(): void {
    if (!this.stopping.signal.aborted) this.loop ??= this.keep();
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async keep(): Promise<void> {
    const { signal } = this.stopping;
    let pause = FIRST_RETRY_MS;
    while (!signal.aborted) {
      try {
        await this.listen(() => (pause = FIRST_RETRY_MS));
      } catch (error) {
        if (!signal.aborted) this.complain(error);
      }
      await wait(pause, undefined, { signal }).catch(() => undefined);
      pause = Math.min(pause * 2, LAST_RETRY_MS);
    }
  }

  /** Listens until the connection drops or the process stops. */
  private async listen(opened: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'bievre-notices',
      connectionTimeoutMillis: PROBE_MS,
      query_timeout: PROBE_MS,
      keepAlive: true,
    });
    const dropped = new Promise<never>((_resolve, reject) => {
      client.on('error', reject);
      client.on('end', () => {
        reject(new Error('The connection ended.'));
      });
    });
    dropped.catch(() => undefined);
    client.on('notification', ({ channel, payload = '' }) => this.hearers.get(channel)?.heard(payload));
    try {
      await client.connect();
      for (const channel of this.hearers.keys()) await client.query(`LISTEN ${channel}`);
      opened();
      for (const hearer of this.hearers.values()) hearer.connected();
      await Promise.race([dropped, this.probe(client)]);
    } finally {
      await Promise.race([client.end().catch(() => undefined), wait(PROBE_MS, undefined, { ref: false })]);
    }
  }

  /** A wire that was cut without a word says nothing: asking is the only way to know. */
  private async probe(client: pg.Client): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await wait(this.probeEveryMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await client.query('SELECT 1');
    }
  }
}
