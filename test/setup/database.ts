import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface ClonedDatabase {
  readonly url: string;
  /** Drops the database. @throws when a connection to it was left open: what opened it did not close with the application. */
  drop(): Promise<void>;
}

interface Connection {
  application_name: string;
  state: string | null;
  query: string;
}

/** Milliseconds that a connection just closed may take to leave the server's list. */
const LEAVING_MS = 3000;

function adminUrl(): string {
  const url = process.env['BIEVRE_TEST_ADMIN_URL'];
  if (url === undefined) throw new Error('no test server: this test must stand in test/integration or test/e2e');
  return url;
}

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl(), application_name: 'test-admin' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function connectionsTo(client: pg.Client, name: string): Promise<Connection[]> {
  const sql = 'SELECT application_name, state, query FROM pg_stat_activity WHERE datname = $1';
  return (await client.query<Connection>(sql, [name])).rows;
}

async function dropAndReportLeaks(name: string): Promise<void> {
  const left = await asAdmin(async (client) => {
    const until = Date.now() + LEAVING_MS;
    let connections = await connectionsTo(client, name);
    while (connections.length > 0 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      connections = await connectionsTo(client, name);
    }
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    return connections;
  });
  if (left.length === 0) return;
  const lines = left.map((one) => `  ${one.application_name} (${one.state ?? 'no state'}): ${one.query.slice(0, 200)}`);
  throw new Error(`${left.length} connection(s) left open on ${name}:\n${lines.join('\n')}`);
}

/** A database of its own for one test file: a copy of the migrated template. Call `drop` in `afterAll`, once everything is closed. */
export async function cloneDatabase(): Promise<ClonedDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  // A third of the processor that the usual strategy takes: a copy by the log writes each of its 1,500 pages twice.
  await asAdmin((client) => client.query(`CREATE DATABASE ${name} TEMPLATE bievre_template STRATEGY FILE_COPY`));
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => dropAndReportLeaks(name) };
}
