import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { folderAsSeenBy, spawnAs, type ClusterPlan } from './cluster.js';
import { allGone, markOf, processesOn, signal } from './processes.js';

export type Log = (line: string) => void;

/** A server that runs; `exited` ends with what it said last. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly exited: Promise<string>;
  /** Makes the program wait for the server's end; without it, a program that has nothing left to do ends, and the server with it. */
  hold(): void;
}

export class PostgresDidNotStart extends Error {
  override readonly name = 'PostgresDidNotStart';
  constructor(readonly said: string) {
    super(`PostgreSQL n'a pas démarré : ${said || "il s'est arrêté sans rien dire"}`);
  }
}

/** Milliseconds given to a shutdown that ends transactions and writes everything (`fast`), then to one that only ends processes. */
const FAST_MS = 60_000;
const IMMEDIATE_MS = 5_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The lines of the server's own pid file: 1 its number, 4 its port, 8 its state. */
export async function pidFile(cluster: string): Promise<{ pid: number; port: number; ready: boolean } | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  return text === undefined ? undefined : { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * Ends what a killed run left on this cluster: a server still at work, or its children when only the server was killed, since shared memory that is
 * still in use would make the next start fail. Then a pid file left behind names no server, and goes.
 */
export async function clearLeftovers(cluster: string, log: Log): Promise<void> {
  const left = await processesOn(cluster);
  const server = (await pidFile(cluster))?.pid;
  if (left.length > 0) {
    log(`PostgreSQL est resté d'un arrêt brutal (processus ${left.join(', ')}) : on l'arrête avant de le relancer`);
    if (server !== undefined && left.includes(server)) await end(cluster, server);
    else if (!(await allGone(cluster, IMMEDIATE_MS))) await endAll(cluster);
  }
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

/** Stops the server, transactions rolled back and everything written; by force only when that takes too long. Data is safe either way. */
export async function end(cluster: string, server: number): Promise<void> {
  signal(server, 'SIGINT');
  if (!(await allGone(cluster, FAST_MS))) await endAll(cluster);
}

async function endAll(cluster: string): Promise<void> {
  for (const name of ['SIGQUIT', 'SIGKILL'] as const) {
    for (const pid of await processesOn(cluster)) signal(pid, name);
    if (await allGone(cluster, IMMEDIATE_MS)) return;
  }
}

async function settings(plan: ClusterPlan, port: number): Promise<string[]> {
  const pairs: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    // No socket file: its path has a maximum length, and a killed server leaves it behind.
    unix_socket_directories: '',
    cluster_name: await markOf(plan.cluster),
    max_connections: '200',
    jit: 'off',
    log_checkpoints: 'off',
    // Refused statements are the application's to report, without the values they held.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(plan.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(pairs).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function tryLaunch(plan: ClusterPlan, port: number, log: Log): Promise<Postmaster> {
  const args = ['-D', folderAsSeenBy(plan.account, plan.cluster), ...(await settings(plan, port))];
  const child = spawnAs(plan.account, plan.binaries.postgres, args, plan.cluster, ['ignore', 'ignore', 'pipe']);
  const said: string[] = [];
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      if (said.length > 20) said.shift();
      log(line);
    });
  }
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    const told = () => resolve(said.join('\n'));
    child.once('close', told);
    // The pipe stays open as long as a child of a killed server lives: not a reason to learn of its death late.
    child.once('exit', () => setTimeout(told, 500).unref());
  });
  const output = child.stderr as Socket | null;
  let gone = false;
  void exited.then(() => (gone = true));
  while (!gone) {
    const file = await pidFile(plan.cluster);
    if (child.pid !== undefined && file?.pid === child.pid && file.ready) {
      child.unref();
      output?.unref();
      const hold = () => {
        child.ref();
        output?.ref();
      };
      return { pid: child.pid, port, exited, hold };
    }
    await pause(20);
  }
  throw new PostgresDidNotStart(await exited);
}

/** Starts the server and waits until it takes connections, recovery included. @throws PostgresDidNotStart with what it said */
export async function launch(plan: ClusterPlan, port: number | undefined, log: Log): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryLaunch(plan, port ?? (await freePort()), log);
    } catch (error) {
      // Between finding a free port and taking it, another program may have been quicker.
      const taken = error instanceof PostgresDidNotStart && error.said.includes('Address already in use');
      if (!taken || port !== undefined || attempt === 5) throw error;
    }
  }
}
