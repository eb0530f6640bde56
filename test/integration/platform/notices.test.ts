import pg from 'pg';
import { Notices } from '../../../src/platform/database/notices.js';
import { cloneDatabase, type ClonedDatabase } from '../../setup/database.js';
import { TcpProxy } from '../../setup/tcp-proxy.js';
import { waitFor } from '../../setup/wait-for.js';

let database: ClonedDatabase;
let proxy: TcpProxy;
let notices: Notices;
let client: pg.Client;
let heard: string[];
let connections: number;
const complaints: unknown[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  client = new pg.Client(database.url);
  await client.connect();
});
beforeEach(async () => {
  [heard, connections] = [[], 0];
  const { hostname, port } = new URL(database.url);
  proxy = new TcpProxy({ host: hostname, port: Number(port) });
  notices = new Notices(await proxy.through(database.url), (error) => complaints.push(error), 100);
  notices.hear('test_channel', { heard: (payload) => heard.push(payload), connected: () => connections++ });
});
afterEach(async () => {
  await notices.close();
  await proxy.cut();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const say = (payload: string) => client.query(`SELECT pg_notify('test_channel', $1)`, [payload]);

test('opens nothing before it is asked, then one connection', async () => {
  const opened = async () =>
    (await client.query(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'bievre-notices'`))
      .rowCount;
  expect(await opened()).toBe(0);
  notices.start();
  notices.start();
  await waitFor('the connection', () => connections === 1);
  expect(await opened()).toBe(1);
  await say('one');
  await waitFor('the notice', () => heard.length === 1);
  expect(heard).toEqual(['one']);
});

test('a wire that is cut is mended, and it is said that something may have been missed', async () => {
  notices.start();
  await waitFor('the connection', () => connections === 1);
  await proxy.cut();
  await say('unheard');
  await proxy.mend();
  await waitFor('another connection', () => connections === 2);
  await say('heard');
  await waitFor('the notice', () => heard.length === 1);
  expect(heard).toEqual(['heard']);
  expect(complaints).not.toEqual([]);
});

test('closes while the database is away', async () => {
  await proxy.cut();
  notices.start();
  await waitFor('a complaint', () => complaints.length > 0);
  await notices.close();
  notices.start();
  expect(connections).toBe(0);
});

test('a channel has one hearer, and a name that needs no quotes', () => {
  const hearer = { heard: () => undefined, connected: () => undefined };
  expect(() => {
    notices.hear('test_channel', hearer);
  }).toThrow('hearer');
  expect(() => {
    notices.hear('x"; DROP TABLE users; --', hearer);
  }).toThrow('misnamed');
});
