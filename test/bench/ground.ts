import { createHash, createHmac } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { loadReference } from '../../src/modules/territory/index.js';
import { AccessTokens } from '../../src/platform/auth/access-tokens.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';
import { runMigrations } from '../../src/platform/database/migrate.js';
import { FULL, generate, TENTH, type Scale } from './generate.js';
import { idOf, STAFF } from './ids.js';

/** The project's root, seen from the compiled file. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const CACHE = join(ROOT, '.cache', 'bench');
export const TOKEN_SECRET = 'a secret for benches only, of forty characters';

/** PostgreSQL with its real durability, and the data sets: made once and kept between runs, hence never written by a bench. */
export class Ground implements AsyncDisposable {
  private constructor(private readonly server: EmbeddedPostgres) {}

  static async start(): Promise<Ground> {
    mkdirSync(CACHE, { recursive: true });
    return new Ground(await startEmbeddedPostgres({ dataDir: CACHE, durability: 'full' }));
  }

  /** A copy of the whole data set, to be written at will, gone at the next run. */
  async copy(): Promise<string> {
    const kept = await this.dataSet('full', FULL);
    await using admin = await connected(this.server.adminUrl);
    await admin.client.query('DROP DATABASE IF EXISTS bench_copy WITH (FORCE)');
    await admin.client.query(`CREATE DATABASE bench_copy TEMPLATE ${kept}`);
    return this.urlOf('bench_copy');
  }

  /** A tenth of the data set, to be read only. */
  async tenth(): Promise<string> {
    return this.urlOf(await this.dataSet('tenth', TENTH));
  }

  /** Gives the name of the database. Another schema or generator makes another one. */
  private async dataSet(size: string, scale: Scale): Promise<string> {
    const name = `bench_${size}_${version()}`;
    await using admin = await connected(this.server.adminUrl);
    const { rows } = await admin.client.query<{ datname: string }>(`SELECT datname FROM pg_database WHERE datname LIKE $1`, [
      `bench_${size}%`,
    ]);
    if (rows.some(({ datname }) => datname === name)) return name;
    for (const { datname } of rows) await admin.client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
    console.error(`making the data set ${name}, once …`);
    const draft = `${name}_draft`;
    await admin.client.query(`CREATE DATABASE ${draft}`);
    await fill(this.urlOf(draft), scale);
    await admin.client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
    return name;
  }

  private urlOf(database: string): string {
    const url = new URL(this.server.adminUrl);
    url.pathname = `/${database}`;
    return url.href;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server.stop();
  }
}

async function fill(url: string, scale: Scale): Promise<void> {
  await runMigrations(url);
  await loadReference(url);
  await using target = await connected(url);
  await generate(target.client, scale);
}

function version(): string {
  const hash = createHash('sha256');
  const migrations = join(ROOT, 'dist', 'migrations');
  for (const name of readdirSync(migrations)
    .filter((each) => each.endsWith('.js'))
    .sort())
    hash.update(readFileSync(join(migrations, name)));
  return hash
    .update(readFileSync(join(ROOT, 'dist', 'test', 'bench', 'generate.js')))
    .digest('hex')
    .slice(0, 8);
}

export async function connected(url: string): Promise<AsyncDisposable & { readonly client: pg.Client }> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' });
  await client.connect();
  return { client, [Symbol.asyncDispose]: () => client.end() };
}

export function secretFor(purpose: string): Buffer {
  return createHmac('sha256', TOKEN_SECRET).update(purpose).digest();
}

const tokens = new AccessTokens(secretFor('access-token'));

/** An access token lasts fifteen minutes: issued when a bench starts, never kept. */
export const tokenOfSignatory = (row: number): Promise<string> =>
  tokens.issue({ userId: idOf('user', row), sessionId: idOf('session', row) }, new Date());

export const tokenOfStaff = (name: keyof typeof STAFF): Promise<string> =>
  tokens.issue({ userId: idOf('staff', STAFF[name]), sessionId: idOf('staff-session', STAFF[name]) }, new Date());
