import { readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CACHE, ROOT, TOKEN_SECRET } from './ground.js';

/** As many connections to PostgreSQL on each side. */
export const POOL_SIZE = 32;

/** For whoever looks where the time goes: BENCH_NODE_ARGS='--cpu-prof --cpu-prof-dir=…'. */
const MORE_ARGS = process.env['BENCH_NODE_ARGS']?.split(' ') ?? [];

/** What `npm start` gives to Node. */
export function nodeArgs(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

export interface Served extends AsyncDisposable {
  readonly port: number;
  /** Memory of the process now, in bytes: resident, and the most it ever had. */
  memory(): { readonly resident: number; readonly peak: number };
}

/** The API on this database, as in production: its own process, no worker in it. */
export const serveApi = (databaseUrl: string): Promise<Served> => serve('src/main.js', databaseUrl, '/health/live');

/** Starts a compiled program as a process of its own, and waits until `path` answers 200. */
export async function serve(script: string, databaseUrl: string, path: string): Promise<Served> {
  const port = await freePort();
  const child = spawn(process.execPath, [...nodeArgs(), ...MORE_ARGS, join(ROOT, 'dist', script)], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: join(CACHE, 'api'),
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: String(POOL_SIZE),
      TOKEN_SECRET,
      LOG_LEVEL: 'warn',
      RATE_LIMIT_PER_MINUTE: '100000000',
    },
  });
  const gone = once(child, 'exit');
  for (let tries = 0; !(await answers(port, path)); tries++) {
    if (child.exitCode !== null || tries > 600) throw new Error(`${script} did not start`);
    await wait(50);
  }
  return {
    port,
    memory: () => {
      const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8');
      const bytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
      return { resident: bytes('VmRSS'), peak: bytes('VmHWM') };
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export function answers(port: number, path: string): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}${path}`).then(
    ({ ok }) => ok,
    () => false,
  );
}
