import { claim, markHandled, outboxHealth } from '../../../src/platform/outbox/index.js';
import { PermanentFailure } from '../../../src/platform/queue/index.js';
import { backends, Bed } from './bed.js';
import { eventually, wait } from './eventually.js';

interface Row {
  readonly dead: boolean;
  readonly tries: number;
  readonly last_error: string | null;
}

describe.each(backends())('what cannot be handled, on %s', (kind) => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await Bed.open(kind);
  });
  afterEach(() => bed.close());

  const rows = () => bed.read<Row>('SELECT dead_at IS NOT NULL AS dead, tries, last_error FROM outbox ORDER BY id');

  test('poison dies with its cause after its tries, is offered no more, and holds nobody back', async () => {
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 100, lastLeaseMs: 100, limits: { maxTries: 3, concurrency: 2 } });
    const poison = new Set(await bed.tell(20));
    let tries = 0;
    registry.register('test.happened.v1', async ({ id }) => {
      if (!poison.has(id)) return;
      tries++;
      throw new Error('poison of jeanne@asso.example');
    });
    relay.start();
    workers.start();
    const sound = await bed.tell(200);
    await eventually(async () => expect((await outboxHealth(bed.read)).dead).toBe(20), 40_000);
    expect(tries).toBe(60);
    expect(await bed.read('SELECT id FROM outbox WHERE handled_at IS NOT NULL')).toHaveLength(sound.length);
    expect(await bed.read('SELECT DISTINCT last_error FROM outbox WHERE dead_at IS NOT NULL')).toEqual([
      { last_error: 'Error: poison of [address]' },
    ]);
    await wait(500);
    expect(tries).toBe(60);
    expect(await outboxHealth(bed.read)).toMatchObject({ pending: 0, dead: 20 });
  });

  test('a failure declared permanent is not tried again', async () => {
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 50, lastLeaseMs: 50 });
    registry.register('test.happened.v1', () => Promise.reject(new PermanentFailure('nothing to read')));
    await bed.tell(1);
    relay.start();
    workers.start();
    await eventually(async () => expect(await rows()).toEqual([{ dead: true, tries: 1, last_error: 'PermanentFailure: nothing to read' }]));
  });

  test('an event whose workers die each time is given up too, without being begun once more', async () => {
    const { registry, relay, workers } = bed.process({ limits: { maxTries: 3 } });
    let runs = 0;
    registry.register('test.happened.v1', async () => void runs++);
    await bed.tell(1);
    await bed.read('UPDATE outbox SET tries = 3');
    relay.start();
    workers.start();
    await eventually(async () => expect(await rows()).toEqual([{ dead: true, tries: 3, last_error: 'its workers never came back' }]));
    expect(runs).toBe(0);
  });

  test('offers that nobody takes up are no tries: a week without workers kills nothing', async () => {
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 10, lastLeaseMs: 10, limits: { maxTries: 2, maxWaiting: 1_000_000 } });
    registry.register('test.happened.v1', async () => undefined);
    await bed.tell(1);
    relay.start();
    await eventually(async () => expect((await outboxHealth(bed.read)).failing).toBe(1));
    workers.start();
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    expect(await rows()).toMatchObject([{ dead: false, last_error: null }]);
  });

  test('a handler that outlives its time has failed, and what it still does is refused', async () => {
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 2_000, limits: { timeoutMs: 300 } });
    const ends: string[] = [];
    await bed.read('CREATE TABLE done (attempt int)');
    registry.register('test.happened.v1', async ({ id, attempt }) => {
      if (attempt === 1) await wait(1_000);
      const inTransaction = bed.transaction(async (query) => {
        if ((await claim(query, id)) === null) return;
        await query('INSERT INTO done VALUES ($1)', [attempt]);
        await markHandled(query, id);
      });
      ends.push(await inTransaction.then(() => `${attempt} done`).catch((error: unknown) => `${attempt} ${(error as Error).name}`));
    });
    await bed.tell(1);
    relay.start();
    workers.start();
    await eventually(async () => expect(await rows()).toMatchObject([{ tries: 1, last_error: 'TooLate: not done within 300 ms' }]));
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    expect(ends).toEqual(['1 TooLate', '2 done']);
    expect(await bed.read('SELECT attempt FROM done')).toEqual([{ attempt: 2 }]);
  });

  test('a queue that is behind keeps its bound, the others go on, and it catches up', async () => {
    const { registry, relay, workers, backend } = bed.process({ batch: 30, limits: { maxWaiting: 25 } });
    let mailed = 0;
    registry.register('test.happened.v1', async () => undefined);
    registry.register('test.mailed.v1', async () => void mailed++, 'mail');
    await bed.tell(100);
    relay.start();
    const waiting = () => backend.on('events', (queue) => queue.getJobCounts('waiting'));
    await eventually(async () => expect(await waiting()).toEqual({ waiting: 25 }));
    await bed.tell(10, 'test.mailed.v1');
    await eventually(async () => expect(await backend.on('mail', (queue) => queue.getJobCounts('waiting'))).toEqual({ waiting: 10 }));
    const kept = () => bed.read('SELECT count(*)::int AS n FROM outbox WHERE attempts = 0');
    await eventually(async () => expect(await kept()).toEqual([{ n: 75 }]));
    expect(await waiting()).toEqual({ waiting: 25 });
    workers.start();
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    expect(mailed).toBe(10);
  });
});
