import pg from 'pg';
import { newId } from '../../../src/kernel/id.js';
import type { Query } from '../../../src/platform/database/query.js';
import { begin, fail, settle } from '../../../src/platform/outbox/handling.store.js';
import { claimAll, markAllHandled } from '../../../src/platform/outbox/index.js';
import { cloneDatabase, type ClonedDatabase } from '../../setup/database.js';

const OF_A_JOB = 4;
const WAITING = 5_000;
/** Handlings begun so far. */
const TRIES = 0;

let database: ClonedDatabase;
let client: pg.Client;
beforeEach(async () => {
  database = await cloneDatabase();
  client = new pg.Client(database.url);
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

/** Prepared, as the product's statements are: their plans are kept. */
const query: Query = async <Row>(text: string, values: readonly unknown[] = []) =>
  (await client.query({ name: text.slice(0, 60), text, values: values as unknown[] })).rows as Row[];

async function tell(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await client.query(`INSERT INTO outbox (id, type, payload) SELECT id, 'mail.due.v1', '{}' FROM unnest($1::uuid[]) AS id`, [ids]);
  return ids;
}

/** Rows of the outbox that `work` had PostgreSQL read. */
async function rowsRead(work: () => Promise<unknown>): Promise<number> {
  await client.query('BEGIN');
  await work();
  const { rows } = await client.query<{ read: number }>(
    `SELECT (seq_tup_read + idx_tup_fetch)::int AS read FROM pg_stat_xact_user_tables WHERE relname = 'outbox'`,
  );
  await client.query('ROLLBACK');
  return rows[0]?.read ?? Number.NaN;
}

const inHand = (ids: readonly string[]) => ids.map((id) => ({ id, tries: TRIES }));

test.each<[string, (ids: readonly string[]) => Promise<unknown>]>([
  ['held for a transaction', (ids) => query('SELECT hold_events($1::uuid[], $2::int[])', [ids, ids.map(() => TRIES)])],
  ['taken in hand', (ids) => begin(query, { ids, jobId: 'a job', seconds: 60, maxTries: 12 })],
  ['claimed', (ids) => claimAll(query, ids)],
  ['marked by their handler', (ids) => markAllHandled(query, ids)],
  ['settled', (ids) => settle(query, inHand(ids))],
  [
    'failed',
    (ids) =>
      fail(
        query,
        inHand(ids).map((event) => ({ ...event, reason: 'Error', waitSeconds: 30, dies: false })),
      ),
  ],
])('events %s are found by their ids, however many wait', async (_what, act) => {
  // Most of the time nearly all is handled: that is what PostgreSQL's figures say, and the plans are made and kept with them.
  await tell(500);
  await client.query('UPDATE outbox SET handled_at = now()');
  await client.query('VACUUM ANALYZE outbox');
  const ids = await tell(OF_A_JOB);
  for (let time = 0; time < 10; time++) await rowsRead(() => act(ids));
  await tell(WAITING);
  const read = await rowsRead(() => act(ids));
  expect(read).toBeGreaterThanOrEqual(OF_A_JOB);
  expect(read).toBeLessThan(WAITING / 5);
});

test('events that are in other hands are refused', async () => {
  const ids = await tell(2);
  const hold = () => query('SELECT hold_events($1::uuid[], $2::int[])', [ids, ids.map(() => TRIES)]);
  await hold();
  await client.query('UPDATE outbox SET tries = tries + 1 WHERE id = $1', [ids[1]]);
  await expect(hold()).rejects.toMatchObject({ constraint: 'outbox_in_hand' });
});
