import type { DataSource } from 'typeorm';
import { SystemClock } from '../../../src/kernel/clock.js';
import { RuleRefused } from '../../../src/kernel/errors.js';
import { newId } from '../../../src/kernel/id.js';
import { SYSTEM } from '../../../src/platform/auth/system-actor.js';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { IdempotencyKeyReused, SameRequestRunning, UnitOfWork, type Tx } from '../../../src/platform/database/unit-of-work.js';
import { requestContext, type RequestContext } from '../../../src/platform/request-context.js';
import { cloneDatabase, type ClonedDatabase } from '../../setup/database.js';

class NotEnough extends RuleRefused {
  constructor() {
    super('NOT_ENOUGH', 'Il n’y en a pas assez.');
  }
}

let database: ClonedDatabase;
let source: DataSource;
let work: UnitOfWork;

beforeAll(async () => {
  database = await cloneDatabase();
  source = createDataSource(database.url, 10);
  await source.initialize();
  work = new UnitOfWork(source, new SystemClock());
  await work.read('CREATE TABLE counters (id int PRIMARY KEY, value bigint NOT NULL)');
  await work.read('INSERT INTO counters VALUES (1, 0), (2, 0)');
});

afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const valueOf = async (id: number) => (await work.read<{ value: bigint }>('SELECT value FROM counters WHERE id = $1', [id]))[0]?.value;
const bump = (tx: Tx, id: number) => tx.query('UPDATE counters SET value = value + 1 WHERE id = $1', [id]);

function asRequest<T>(key: string, body: string, act: () => Promise<T>): Promise<{ result: T; context: RequestContext }> {
  const context: RequestContext = {
    requestId: 'r',
    receivedAt: new Date(),
    authorized: new Set(),
    replayed: false,
    idempotency: { operation: 'POST /x', key, bodyHash: Buffer.from(body), used: false },
  };
  return requestContext.run(context, async () => ({ result: await act(), context }));
}

test('what an act writes, records and tells is there together', async () => {
  const object = newId();
  await work.run(SYSTEM, async (tx) => {
    await bump(tx, 1);
    tx.audit('thing.done', { type: 'thing', id: object }, { cents: 1n }, { cents: 2n });
    tx.tell('dossier.submitted.v1', { dossierId: object });
  });
  const audit = await work.read('SELECT act, before, after, actor_kind FROM audit WHERE object_id = $1', [object]);
  expect(audit).toEqual([{ act: 'thing.done', before: { cents: '1' }, after: { cents: '2' }, actor_kind: 'system' }]);
  const events = await work.read(`SELECT type, payload FROM outbox WHERE payload ->> 'dossierId' = $1`, [object]);
  expect(events).toEqual([{ type: 'dossier.submitted.v1', payload: { dossierId: object } }]);
});

test('an act that fails leaves nothing, neither state nor audit nor event', async () => {
  const before = await valueOf(1);
  const object = newId();
  const act = work.run(SYSTEM, async (tx) => {
    await bump(tx, 1);
    tx.audit('thing.done', { type: 'thing', id: object }, null, null);
    tx.tell('dossier.submitted.v1', { dossierId: object });
    throw new Error('no');
  });
  await expect(act).rejects.toThrow('no');
  expect(await valueOf(1)).toBe(before);
  expect(await work.read('SELECT 1 FROM audit WHERE object_id = $1', [object])).toEqual([]);
  expect(await work.read(`SELECT 1 FROM outbox WHERE payload ->> 'dossierId' = $1`, [object])).toEqual([]);
});

test('two acts that deadlock both succeed in the end, each counted once', async () => {
  const [one, two] = [await valueOf(1), await valueOf(2)];
  let runs = 0;
  let meet: () => void = () => undefined;
  const both = new Promise<void>((resolve) => (meet = resolve));
  const crossing = (first: number, second: number) =>
    work.run(SYSTEM, async (tx) => {
      runs += 1;
      await bump(tx, first);
      // Each holds its first row before either asks for the other's.
      if (runs >= 2) meet();
      await both;
      await bump(tx, second);
    });
  await Promise.all([crossing(1, 2), crossing(2, 1)]);
  expect(runs).toBeGreaterThan(2);
  expect([await valueOf(1), await valueOf(2)]).toEqual([(one ?? 0n) + 2n, (two ?? 0n) + 2n]);
});

test('the same key and body gives the same answer, exact to the bigint and the date, and one effect', async () => {
  const before = (await valueOf(1)) ?? 0n;
  const act = () =>
    work.run(SYSTEM, async (tx) => {
      await bump(tx, 1);
      return { cents: 9_007_199_254_740_993n, at: new Date(0), nested: [1] };
    });
  const first = await asRequest('key-1', 'body', act);
  const second = await asRequest('key-1', 'body', act);
  expect(second.result).toEqual(first.result);
  expect([first.context.replayed, second.context.replayed]).toEqual([false, true]);
  expect(await valueOf(1)).toBe(before + 1n);
});

test('the same key with another body is refused', async () => {
  await asRequest('key-2', 'body', () => work.run(SYSTEM, (tx) => bump(tx, 1)));
  await expect(asRequest('key-2', 'other', () => work.run(SYSTEM, (tx) => bump(tx, 1)))).rejects.toThrow(IdempotencyKeyReused);
});

test('the same key while the first is still running is refused at once, and succeeds afterwards', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let started: () => void = () => undefined;
  const running = new Promise<void>((resolve) => (started = resolve));
  const slow = asRequest('key-3', 'body', () =>
    work.run(SYSTEM, async (tx) => {
      await bump(tx, 1);
      started();
      await held;
      return 'done';
    }),
  );
  await running;
  await expect(asRequest('key-3', 'body', () => work.run(SYSTEM, (tx) => bump(tx, 1)))).rejects.toThrow(SameRequestRunning);
  release();
  expect((await slow).result).toBe('done');
  expect((await asRequest('key-3', 'body', () => work.run(SYSTEM, () => Promise.resolve('again')))).result).toBe('done');
});

test('an act that was refused leaves its key free', async () => {
  await expect(asRequest('key-4', 'body', () => work.run(SYSTEM, () => Promise.reject(new Error('refused'))))).rejects.toThrow('refused');
  expect(await asRequest('key-4', 'body', () => work.run(SYSTEM, () => Promise.resolve('now')))).toMatchObject({ result: 'now' });
});

test('audit rows cannot be changed, deleted or truncated', async () => {
  await work.run(SYSTEM, (tx) => Promise.resolve(tx.audit('thing.done', { type: 'thing', id: 'x' }, null, null)));
  await expect(work.read(`UPDATE audit SET act = 'other'`)).rejects.toThrow(/append-only/);
  await expect(work.read('DELETE FROM audit')).rejects.toThrow(/append-only/);
  await expect(work.read('TRUNCATE audit')).rejects.toThrow(/append-only/);
});

describe('a write that nobody waits for', () => {
  const setTo = (tx: Tx, id: number, value: number, explain?: () => Promise<void>) => {
    tx.write('UPDATE counters SET value = $2 WHERE id = $1', [id, value], explain);
  };

  beforeAll(() => work.read('ALTER TABLE counters ADD CONSTRAINT never_negative CHECK (value >= 0)'));

  test('is seen by what the act reads next, and is there after the commit', async () => {
    const seen = await work.run(SYSTEM, async (tx) => {
      setTo(tx, 1, 40);
      setTo(tx, 1, 41);
      const [row] = await tx.query<{ value: bigint }>('SELECT value FROM counters WHERE id = 1');
      setTo(tx, 2, 42);
      return row?.value;
    });
    expect([seen, await valueOf(1), await valueOf(2)]).toEqual([41n, 41n, 42n]);
  });

  test('a CHECK that refuses it undoes the whole act, and the rule speaks once the rows are free', async () => {
    const object = newId();
    const act = work.run(SYSTEM, async (tx) => {
      await bump(tx, 2);
      tx.audit('thing.done', { type: 'thing', id: object }, null, null);
      setTo(tx, 1, -1, async () => {
        // Waits for nobody: the act holds no lock any more.
        await work.read('UPDATE counters SET value = 50 WHERE id = 1');
        throw new NotEnough();
      });
      setTo(tx, 2, 99);
    });
    await expect(act).rejects.toThrow(NotEnough);
    expect([await valueOf(1), await valueOf(2)]).toEqual([50n, 42n]);
    expect(await work.read('SELECT FROM audit WHERE object_id = $1', [object])).toEqual([]);
  });

  test('runs the act again when the rule has nothing to say any more', async () => {
    let runs = 0;
    await work.run(SYSTEM, async (tx) => {
      await bump(tx, 2);
      setTo(tx, 1, ++runs === 1 ? -1 : 7, () => Promise.resolve());
    });
    expect([runs, await valueOf(1), await valueOf(2)]).toEqual([2, 7n, 43n]);
  });

  test('without a rule to explain it, the refusal is the database’s own', async () => {
    const act = work.run(SYSTEM, (tx) => Promise.resolve(setTo(tx, 1, -1)));
    await expect(act).rejects.toMatchObject({ code: '23514' });
    expect(await valueOf(1)).toBe(7n);
  });

  test('what fails before a later statement is what is reported', async () => {
    const act = work.run(SYSTEM, async (tx) => {
      setTo(tx, 1, -1);
      await tx.query('SELECT value FROM counters WHERE id = 1');
    });
    await expect(act).rejects.toMatchObject({ code: '23514' });
  });
});
