import { once } from 'node:events';
import { connect as dial, createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, DatabaseAway } from '../../../src/platform/database/connect.js';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { cloneDatabase, type ClonedDatabase } from '../../setup/database.js';
import { TcpProxy } from '../../setup/tcp-proxy.js';

let database: ClonedDatabase;
let said: string[];
const say = (line: string) => void said.push(line);

beforeAll(async () => {
  database = await cloneDatabase();
});
beforeEach(() => {
  said = [];
});
afterAll(() => database.drop());

/** Connects, asks, and leaves. */
async function answered(url: string): Promise<unknown> {
  const source = await connect(createDataSource(url, 2), { say });
  try {
    return await source.query('SELECT 1 AS one');
  } finally {
    await source.destroy();
  }
}

const changed = (change: (url: URL) => void): string => {
  const url = new URL(database.url);
  change(url);
  return url.href;
};

/** A wire to the server that is cut for now. */
async function cutWire(): Promise<{ proxy: TcpProxy; url: string }> {
  const { hostname, port } = new URL(database.url);
  const proxy = new TcpProxy({ host: hostname, port: Number(port) });
  const url = await proxy.through(database.url);
  await proxy.cut();
  return { proxy, url };
}

test('a server that is there is connected to, without a word', async () => {
  expect(await answered(database.url)).toEqual([{ one: 1 }]);
  expect(said).toEqual([]);
});

test('a server that is not started yet is waited for, which is said once', async () => {
  const { proxy, url } = await cutWire();
  const answer = answered(url);
  await wait(1_500);
  await proxy.mend();
  expect(await answer).toEqual([{ one: 1 }]);
  expect(said).toEqual([expect.stringMatching(/^PostgreSQL ne répond pas encore \(.*ECONNREFUSED.*\) : il est attendu 60 s au plus\.$/)]);
  await proxy.cut();
});

test('a server that accepts a connection and says nothing is asked again', async () => {
  const { hostname, port } = new URL(database.url);
  let connections = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (++connections > 1) socket.pipe(dial(Number(port), hostname)).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = changed((at) => (at.port = String((server.address() as AddressInfo).port)));
  expect(await answered(url)).toEqual([{ one: 1 }]);
  expect(said).toEqual([expect.stringContaining('Connection terminated due to connection timeout')]);
  server.close();
});

test('patience has an end, which says where to look', async () => {
  const { url } = await cutWire();
  const failed = await connect(createDataSource(url, 2), { patienceMs: 600, say }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(DatabaseAway);
  expect((failed as Error).message).toMatch(
    /^PostgreSQL n’a pas répondu en 0\.6 s \(.*ECONNREFUSED.*\)\. Vérifiez qu’il est démarré et que DATABASE_URL est juste\.$/,
  );
});

test.each<[string, (url: URL) => void, string]>([
  ['an account that is not known', (url) => (url.username = 'nobody'), '28'],
  ['a database that does not exist', (url) => (url.pathname = '/nowhere'), '3D000'],
])('%s is refused at once', async (_what, change, code) => {
  const failed = await connect(createDataSource(changed(change), 2), { say }).catch((error: unknown) => error);
  expect((failed as { code?: string }).code).toMatch(new RegExp(`^${code}`));
  expect(said).toEqual([]);
});
