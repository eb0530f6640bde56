import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { accountFor } from './embedded/account.js';
import { usableBinaries } from './embedded/binaries.js';
import { ensureCluster, ROLE, type ClusterPlan } from './embedded/cluster.js';
import { takeOwnership } from './embedded/ownership.js';
import { clearLeftovers, end, launch, pidFile, type Log, type Postmaster } from './embedded/postmaster.js';
import { processesOn, signal } from './embedded/processes.js';

export interface EmbeddedPostgresOptions {
  /** The application's data folder; PostgreSQL takes `postgres`, `postgres.password` and `postgres.owner` in it. */
  readonly dataDir: string;
  /** A free one when not given. */
  readonly port?: number;
  /** Told what PostgreSQL says, line by line; never the values of a statement. */
  readonly log?: (line: string) => void;
  /** `off` loses data at a power cut: for tests. */
  readonly durability?: 'full' | 'off';
}

export interface EmbeddedPostgres {
  /** The database `bievre` (UTF-8, order of code points). */
  readonly url: string;
  /** The database `postgres`, from which others are created. */
  readonly adminUrl: string;
  /** Stops the server, everything written, and leaves the data folder to others. May be called twice. */
  readonly stop: () => Promise<void>;
}

const address = (password: string, port: number, database: string) => `postgresql://${ROLE}:${password}@127.0.0.1:${port}/${database}`;

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', ['bievre']);
    if (found.rowCount === 0) await client.query('CREATE DATABASE bievre');
  } finally {
    await client.end();
  }
}

/** Keeps a server running: one that dies (killed, out of memory) is started again on its port, and the application's pool heals by itself. */
class Supervisor {
  private stopping = false;
  private readonly over: Promise<void>;
  private readonly onExit = () => signal(this.server.pid, 'SIGINT');

  constructor(
    private readonly plan: ClusterPlan,
    private server: Postmaster,
    private readonly log: Log,
  ) {
    // When the program ends without having stopped it. Not after a SIGKILL: then the next start clears what is left.
    process.once('exit', this.onExit);
    this.over = this.watch();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.server.hold();
    await end(this.plan.cluster, this.server.pid);
    await this.over;
    process.removeListener('exit', this.onExit);
  }

  private async watch(): Promise<void> {
    for (let wait = 200; ;) {
      await this.server.exited;
      if (this.stopping) return;
      this.log("PostgreSQL s'est arrêté sans qu'on le lui demande : on le relance");
      while (!(await this.restarted())) {
        if (this.stopping) return;
        await pause(wait, undefined, { ref: false });
        wait = Math.min(wait * 2, 10_000);
      }
      wait = 200;
    }
  }

  private async restarted(): Promise<boolean> {
    try {
      await clearLeftovers(this.plan.cluster, this.log);
      this.server = await launch(this.plan, this.server.port, this.log);
      // Asked to stop while it was starting: nobody else knows of this one.
      if (this.stopping) await end(this.plan.cluster, this.server.pid);
      return true;
    } catch (error) {
      this.log(`PostgreSQL n'a pas pu être relancé : ${String(error)}`);
      return false;
    }
  }
}

/**
 * Starts the PostgreSQL of a data folder, on 127.0.0.1, making its files the first time. What a killed run left is stopped first, and its data found again.
 * @throws DataFolderInUse when another live process runs it; NoAccountForPostgres, NoBinaries, UnusableCluster, PostgresDidNotStart, in words for a person
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const dataDir = resolve(options.dataDir);
  const cluster = join(dataDir, 'postgres');
  await mkdir(dataDir, { recursive: true });
  const release = await takeOwnership(dataDir);
  try {
    const account = await accountFor(cluster);
    const plan: ClusterPlan = { cluster, account, binaries: await usableBinaries(account, log), durable: options.durability !== 'off' };
    const password = await clearThenEnsure(plan, log);
    const server = await launch(plan, options.port, log);
    const supervisor = new Supervisor(plan, server, log);
    const stop = once(() => supervisor.stop().finally(release));
    const adminUrl = address(password, server.port, 'postgres');
    try {
      await ensureDatabase(adminUrl);
    } catch (error) {
      await stop();
      throw error;
    }
    return { url: address(password, server.port, 'bievre'), adminUrl, stop };
  } catch (error) {
    await release();
    throw error;
  }
}

async function clearThenEnsure(plan: ClusterPlan, log: Log): Promise<string> {
  if (existsSync(plan.cluster)) await clearLeftovers(plan.cluster, log);
  return ensureCluster(plan);
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}

/** The addresses of the PostgreSQL that another process runs on this data folder, for a command beside it; undefined when none does. */
export async function findEmbeddedPostgres(dataDir: string): Promise<Pick<EmbeddedPostgres, 'url' | 'adminUrl'> | undefined> {
  const cluster = join(resolve(dataDir), 'postgres');
  const file = await pidFile(cluster);
  if (file?.ready !== true || !(await processesOn(cluster)).includes(file.pid)) return undefined;
  const password = await readFile(join(resolve(dataDir), 'postgres.password'), 'utf8');
  return { url: address(password, file.port, 'bievre'), adminUrl: address(password, file.port, 'postgres') };
}

/**
 * Ends the server that a killed run left on this data folder, without starting another.
 * @throws DataFolderInUse when a live process runs it
 */
export async function stopAbandonedPostgres(dataDir: string): Promise<void> {
  const cluster = join(resolve(dataDir), 'postgres');
  const release = await takeOwnership(resolve(dataDir));
  try {
    if (existsSync(cluster)) await clearLeftovers(cluster, () => undefined);
  } finally {
    await release();
  }
}
