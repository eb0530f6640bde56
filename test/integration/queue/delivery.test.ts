import { claim, markHandled, outboxHealth } from '../../../src/platform/outbox/index.js';
import { backends, Bed } from './bed.js';
import { eventually, wait } from './eventually.js';

describe.each(backends())('delivery on %s', (kind) => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await Bed.open(kind);
  });
  afterEach(() => bed.close());

  test('each event reaches its handler once, with its payload, on the queue asked for', async () => {
    const { registry, relay, workers } = bed.process();
    const seen: string[] = [];
    registry.register('test.happened.v1', async ({ id, payload, attempt }) => {
      seen.push(`${id} ${payload.thingId} ${attempt}`);
    });
    registry.register('test.mailed.v1', async ({ id }) => void seen.push(`mail ${id}`), 'mail');
    registry.ignore('test.ignored.v1');
    const happened = await bed.tell(1200);
    const mailed = await bed.tell(3, 'test.mailed.v1');
    await bed.tell(2, 'test.ignored.v1');
    relay.start();
    workers.start();
    await eventually(async () => expect(await bed.unhandled()).toBe(0), 50_000);
    expect(seen.toSorted()).toEqual([...happened.map((id) => `${id} ${id} 1`), ...mailed.map((id) => `mail ${id}`)].toSorted());
  });

  test('two relays at once hand out each event once', async () => {
    const [one, two] = [bed.process({ batch: 40 }), bed.process({ batch: 40 })];
    const seen: string[] = [];
    for (const { registry } of [one, two]) {
      registry.register('test.happened.v1', async ({ id, attempt }) => void seen.push(`${id} ${attempt}`));
    }
    const ids = await bed.tell(1000);
    for (const { relay, workers } of [one, two]) {
      relay.start();
      workers.start();
    }
    await eventually(async () => expect(await bed.unhandled()).toBe(0), 50_000);
    expect(seen.toSorted()).toEqual(ids.map((id) => `${id} 1`).toSorted());
    const attempts = await bed.read<{ attempts: number }>('SELECT DISTINCT attempts FROM outbox');
    expect(attempts).toEqual([{ attempts: 1 }]);
  });

  test('a second delivery of a handled event does nothing', async () => {
    const { registry, relay, workers, backend } = bed.process();
    let runs = 0;
    registry.register('test.happened.v1', async () => void runs++);
    const [id = ''] = await bed.tell(1);
    relay.start();
    workers.start();
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    await backend.enqueue('events', [{ jobId: `${id}-99`, id, type: 'test.happened.v1', payload: { thingId: id }, attempt: 100 }]);
    const [after = ''] = await bed.tell(1);
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    expect(after).not.toBe(id);
    expect(runs).toBe(2);
  });

  test('two offers of one event at the same moment: the second waits, then finds it done', async () => {
    const { registry, workers, backend } = bed.process();
    const steps: string[] = [];
    registry.register('test.happened.v1', ({ id }) =>
      bed.transaction(async (query) => {
        if ((await claim(query, id)) === null) return void steps.push('nothing left');
        steps.push('begin');
        await wait(300);
        steps.push('end');
        await markHandled(query, id);
      }),
    );
    const [id = ''] = await bed.tell(1);
    workers.start();
    const job = { id, type: 'test.happened.v1', payload: { thingId: id } };
    await eventually(() =>
      backend.enqueue(
        'events',
        [1, 2].map((attempt) => ({ ...job, attempt, jobId: `${id}-${attempt}` })),
      ),
    );
    const done = () => backend.on('events', (queue) => queue.getJobCounts('completed', 'failed'));
    await eventually(async () => expect(await done()).toEqual({ completed: 2, failed: 0 }));
    expect(steps).toEqual(['begin', 'end']);
    expect(await bed.read('SELECT tries FROM outbox')).toEqual([{ tries: 1 }]);
  });

  test('a handler that throws gets its event again, its failure is kept without anything personal', async () => {
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 200 });
    let runs = 0;
    registry.register('test.happened.v1', async () => {
      if (++runs < 3) throw new Error('refused for jeanne@asso.example');
    });
    await bed.tell(1);
    relay.start();
    workers.start();
    await eventually(async () => {
      const [row] = await bed.read('SELECT last_error FROM outbox');
      expect(row).toEqual({ last_error: 'Error: refused for [address]' });
    });
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    expect(runs).toBe(3);
    expect(await bed.read('SELECT tries FROM outbox')).toEqual([{ tries: 3 }]);
    expect(bed.log.lines.join()).toContain('refused for [address]');
    expect(bed.log.lines.join()).not.toContain('jeanne');
  });

  test('an event whose transaction rolled back is not handled', async () => {
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 200 });
    let runs = 0;
    registry.register('test.happened.v1', ({ id }) =>
      bed.transaction(async (query) => {
        await markHandled(query, id);
        if (++runs === 1) throw new Error('after having marked it');
      }),
    );
    await bed.tell(1);
    relay.start();
    workers.start();
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    expect(runs).toBe(2);
  });

  test('an event of an unknown type waits for a build that knows it, and the lag shows', async () => {
    const { relay } = bed.process({ firstLeaseMs: 1, lastLeaseMs: 1 });
    await bed.tell(2, 'test.of-tomorrow.v1');
    relay.start();
    await eventually(async () => expect(await outboxHealth(bed.read)).toMatchObject({ pending: 2, failing: 2 }));
    expect((await outboxHealth(bed.read)).oldestSeconds).toBeGreaterThan(0);
    const { registry, relay: newer, workers } = bed.process();
    registry.register('test.of-tomorrow.v1' as 'test.happened.v1', async () => undefined);
    await relay.stop();
    newer.start();
    workers.start();
    await eventually(async () => expect(await outboxHealth(bed.read)).toEqual({ pending: 0, oldestSeconds: 0, failing: 0, dead: 0 }));
  });

  test('stopping lets a running handler finish', async () => {
    const { registry, relay, workers } = bed.process();
    const steps: string[] = [];
    registry.register('test.happened.v1', async () => {
      steps.push('begin');
      await wait(500);
      steps.push('end');
    });
    await bed.tell(1);
    relay.start();
    workers.start();
    await eventually(() => expect(steps).toEqual(['begin']));
    await workers.stop();
    expect(steps).toEqual(['begin', 'end']);
    expect(await bed.unhandled()).toBe(0);
  });
});
