import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { loadReference } from '../../src/modules/territory/index.js';
import { AccessTokens } from '../../src/platform/auth/access-tokens.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';
import { runMigrations } from '../../src/platform/database/migrate.js';
import { FULL, generate, TENTH, type Scale } from './generate.js';

/** The project's root, seen from the compiled file. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SECRET = 'a secret for benches only, of forty characters';

export interface Bench {
  readonly server: EmbeddedPostgres;
  /** The whole data set, and a tenth of it. */
  readonly full: string;
  readonly tenth: string;
}

/** PostgreSQL with its real durability (fsync on) and the two data sets, made once and kept between runs. */
export async function startBench(): Promise<Bench> {
  const dataDir = join(ROOT, '.cache', 'bench');
  mkdirSync(dataDir, { recursive: true });
  const server = await startEmbeddedPostgres({ dataDir, durability: 'full' });
  return { server, full: await dataSet(server, 'bench_full', FULL), tenth: await dataSet(server, 'bench_tenth', TENTH) };
}

async function dataSet(server: EmbeddedPostgres, base: string, scale: Scale): Promise<string> {
  const name = `${base}_${schemaVersion()}`;
  const url = new URL(server.adminUrl);
  url.pathname = `/${name}`;
  await using admin = await connected(server.adminUrl);
  const { rows } = await admin.client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rows.length > 0) return url.href;
  console.error(`making the data set ${name} …`);
  const draft = `${name}_draft`;
  await admin.client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
  await admin.client.query(`CREATE DATABASE ${draft}`);
  const draftUrl = new URL(url);
  draftUrl.pathname = `/${draft}`;
  await runMigrations(draftUrl.href);
  await loadReference(draftUrl.href);
  {
    await using target = await connected(draftUrl.href);
    await generate(target.client, scale);
  }
  await admin.client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
  return url.href;
}

/** Another schema is another data set: the compiled migrations and generator name it. */
function schemaVersion(): string {
  return createHmac('sha256', 'schema')
    .update(readFileSync(join(ROOT, 'dist', '.bievre-build')))
    .digest('hex')
    .slice(0, 8);
}

export async function connected(url: string): Promise<AsyncDisposable & { readonly client: pg.Client }> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' });
  await client.connect();
  return { client, [Symbol.asyncDispose]: () => client.end() };
}

/** The access token of a person of the data set. */
export function tokenOf(userId: string, sessionId: string): Promise<string> {
  return new AccessTokens(secretFor('access-token')).issue({ userId, sessionId }, new Date());
}

export function secretFor(purpose: string): Buffer {
  return createHmac('sha256', SECRET).update(purpose).digest();
}

export interface Served extends AsyncDisposable {
  readonly url: string;
  readonly process: ChildProcess;
  /** Resident memory now, in bytes. */
  memory(): number;
}

/** Starts a compiled entry point as a process of its own, and waits until `path` answers 200. */
export async function serve(script: string, env: Readonly<Record<string, string>>, path: string): Promise<Served> {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const child = spawn(process.execPath, [join(ROOT, 'dist', script)], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: String(port),
      HOST: '127.0.0.1',
      TOKEN_SECRET: SECRET,
      LOG_LEVEL: 'warn',
      RATE_LIMIT_PER_MINUTE: '100000000',
      ...env,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    const ready = await fetch(`${url}${path}`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) break;
    if (child.exitCode !== null || tries > 600) throw new Error(`${script} did not start`);
    await wait(50);
  }
  return {
    url,
    process: child,
    memory: () => residentBytes(child.pid ?? 0),
    [Symbol.asyncDispose]: async () => {
      const over = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await over;
    },
  };
}

function residentBytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}
