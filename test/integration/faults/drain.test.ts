import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { newId } from '../../../src/kernel/id.js';
import type { Query } from '../../../src/platform/database/query.js';
import { drain } from '../../faults/drain.js';
import { cloneDatabase } from '../../setup/database.js';

/** The database alone: nobody deals with anything but the test. */
const database = await cloneDatabase();
const pool = new pg.Pool({ connectionString: database.url, max: 2 });
const query: Query = async <Row>(sql: string, params: readonly unknown[] = []) => (await pool.query(sql, [...params])).rows as Row[];
const patience = { dueMs: 400, stuckMs: 1_500 };

afterAll(async () => {
  await pool.end();
  await database.drop();
});
afterEach(() => query('DELETE FROM outbox'));

/** Due in so many seconds, or since so many. */
async function eventDue(seconds: number): Promise<string> {
  const id = newId();
  await query(
    `INSERT INTO outbox (id, type, payload, occurred_at, available_at)
     VALUES ($1, 'dossier.submitted.v1', '{}', now(), now() + make_interval(secs => $2))`,
    [id, seconds],
  );
  return id;
}

const handle = (id: string) => query('UPDATE outbox SET handled_at = now() WHERE id = $1', [id]);

/** What a worker would do that an operator has to wake up. */
async function handleOnceOffered(id: string, before: Date): Promise<void> {
  for (;;) {
    const [row] = await query<{ offered: boolean }>(
      'SELECT available_at > $2 AND available_at <= now() AS offered FROM outbox WHERE id = $1',
      [id, before],
    );
    if (row?.offered === true) break;
    await wait(20);
  }
  await handle(id);
}

test('an event that was due, and that nobody dealt with, is late', async () => {
  const id = await eventDue(-60);
  const [drained] = await Promise.all([drain({ query }, patience), handleOnceOffered(id, new Date())]);
  expect(drained).toEqual({ late: 1, hastened: 0 });
});

test('an event that was not due yet is hastened, and not late', async () => {
  const id = await eventDue(60);
  const [drained] = await Promise.all([drain({ query }, patience), handleOnceOffered(id, new Date())]);
  expect(drained).toEqual({ late: 0, hastened: 1 });
});

test('as long as something is done, nothing is late', async () => {
  const ids = await Promise.all([-60, -60, -60, -60].map(eventDue));
  const work = async () => {
    for (const id of ids) {
      await wait(200);
      await handle(id);
    }
  };
  const [drained] = await Promise.all([drain({ query }, patience), work()]);
  expect(drained).toEqual({ late: 0, hastened: 0 });
});

test('an event with which nobody deals, even offered again, stops the pass', async () => {
  await eventDue(-60);
  await expect(drain({ query }, patience)).rejects.toThrow('1 events and 0 webhooks wait, and nothing was done for 1500 ms');
});
