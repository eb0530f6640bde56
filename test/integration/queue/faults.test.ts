import { backends, Bed } from './bed.js';
import { eventually, wait } from './eventually.js';
import { hasRedis } from './redis-server.js';

describe.each(backends())('faults on %s', (kind) => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await Bed.open(kind);
  });
  afterEach(() => bed.close());

  test('the job of a killed worker goes to another, without waiting for the lease', async () => {
    const [dying, living] = [bed.process(), bed.process()];
    let begun = 0;
    dying.registry.register('test.happened.v1', async () => undefined);
    await eventually(async () => {
      // Closed by force in the middle of its job: from the store's side, that is a process that was killed.
      const worker = await dying.backend.openWorker('events', () => new Promise(() => void begun++), 1);
      void worker.run();
      dying.relay.start();
      await bed.tell(1);
      await eventually(() => expect(begun).toBe(1));
      await dying.relay.stop();
      await worker.close(true);
    });
    const attempts: number[] = [];
    living.registry.register('test.happened.v1', async ({ attempt }) => void attempts.push(attempt));
    living.workers.start();
    await eventually(async () => expect(await bed.unhandled()).toBe(0), 40_000);
    expect(attempts).toEqual([1]);
  }, 60_000);

  test('a job that the store has lost is offered again', async () => {
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 300 });
    const attempts: number[] = [];
    registry.register('test.happened.v1', async ({ attempt }) => void attempts.push(attempt));
    await bed.tell(1);
    await eventually(async () => expect(await relay.relayOnce()).toBe(1));
    if (kind === 'redis') await bed.redis?.flush();
    else await bed.read('DELETE FROM bullmq.job');
    relay.start();
    workers.start();
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    expect(attempts.length).toBe(1);
    expect(attempts[0]).toBeGreaterThan(1);
  });

  test('a crash between the queue and the commit adds no second job', async () => {
    const { registry, relay, workers, backend } = bed.process();
    let runs = 0;
    registry.register('test.happened.v1', async () => void runs++);
    const [id = ''] = await bed.tell(1);
    await eventually(() =>
      backend.enqueue('events', [{ jobId: `${id}-0`, id, type: 'test.happened.v1', payload: { thingId: id }, attempt: 1 }]),
    );
    await relay.relayOnce();
    expect(await backend.on('events', (queue) => queue.getJobCounts('waiting'))).toEqual({ waiting: 1 });
    workers.start();
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    expect(runs).toBe(1);
  });

  test('the workers survive a database that cuts every connection', async () => {
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 500 });
    bed.pool.on('error', () => undefined);
    registry.register('test.happened.v1', async () => undefined);
    relay.start();
    workers.start();
    for (let round = 0; round < 5; round++) {
      await bed.tell(20);
      await wait(50);
      await bed.read(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
    }
    await eventually(async () => expect(await bed.unhandled()).toBe(0), 40_000);
    // Those that were cut are not kept beside those that took their places: six for statements, one on which the only worker listens.
    const [{ held = NaN } = {}] = await bed.read<{ held: number }>(
      `SELECT count(*)::int AS held FROM pg_stat_activity WHERE datname = current_database() AND application_name IN ('bievre-queue', 'events')`,
    );
    if (kind === 'postgres') expect(held).toBeLessThanOrEqual(7);
    else expect(held).toBe(0);
  }, 60_000);
});

(hasRedis ? describe : describe.each([]))('Redis away', () => {
  let bed: Bed;
  afterEach(() => bed.close());

  test('absent at boot: starting does not wait for it, and the events leave when it comes', async () => {
    bed = await Bed.open('redis', { redisUp: false });
    const { registry, relay, workers, scheduler, backend } = bed.process();
    let ticks = 0;
    registry.register('test.happened.v1', async () => undefined);
    registry.register('clock.test', async () => void ticks++);
    scheduler.every('test', 100, 'clock.test');
    relay.start();
    scheduler.start();
    workers.start();
    await bed.tell(3);
    await expect(backend.enqueue('events', [])).rejects.toThrow('redis is away');
    await eventually(() => expect(bed.log.lines.join()).toContain('events wait in the outbox'));
    await bed.redis?.start();
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    await eventually(() => expect(ticks).toBeGreaterThan(0));
  });

  test('killed under load and back empty: every event is handled', async () => {
    bed = await Bed.open('redis');
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 1_000 });
    const seen = new Set<string>();
    registry.register('test.happened.v1', async ({ id }) => {
      await wait(2);
      seen.add(id);
    });
    relay.start();
    workers.start();
    const ids: string[] = [];
    for (let round = 0; round < 3; round++) {
      ids.push(...(await bed.tell(200)));
      await wait(100);
      await bed.redis?.kill();
      ids.push(...(await bed.tell(50)));
      await bed.redis?.start();
    }
    await eventually(async () => expect(await bed.unhandled()).toBe(0), 50_000);
    expect(seen).toEqual(new Set(ids));
  }, 60_000);

  test.each(['never there', 'gone', 'gone in the middle of a job'])('closing leaves nothing behind when Redis is %s', async (when) => {
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    bed = await Bed.open('redis', { redisUp: when !== 'never there' });
    const { registry, relay, workers, scheduler, backend } = bed.process();
    const steps: string[] = [];
    registry.register('test.happened.v1', async () => {
      steps.push('begin');
      await wait(when === 'gone in the middle of a job' ? 1_000 : 0);
      steps.push('end');
    });
    registry.register('clock.test', async () => undefined);
    scheduler.every('test', 100, 'clock.test');
    relay.start();
    scheduler.start();
    workers.start();
    await bed.tell(1);
    if (when !== 'never there') {
      await eventually(() => expect(steps).toContain(when === 'gone' ? 'end' : 'begin'));
      await bed.redis?.kill();
    }
    await wait(200);
    await Promise.all([relay.stop(), scheduler.stop()]);
    await workers.stop();
    await backend.close();
    expect(steps).toEqual(when === 'never there' ? [] : ['begin', 'end']);
    await eventually(() => expect(timers()).toBeLessThanOrEqual(before), 8_000);
  });

  test('its keys share one slot of a cluster', async () => {
    bed = await Bed.open('redis');
    const { registry, relay } = bed.process();
    registry.register('test.happened.v1', async () => undefined);
    await bed.tell(1);
    await eventually(async () => expect(await relay.relayOnce()).toBe(1));
    const keys = await bed.redis?.keys('*');
    expect(keys?.length).toBeGreaterThan(0);
    expect(keys?.filter((key) => !key.startsWith('{test}:'))).toEqual([]);
  });

  test('says once that Redis is away, not once a command', async () => {
    bed = await Bed.open('redis', { redisUp: false });
    const { relay, workers, scheduler } = bed.process();
    relay.start();
    scheduler.start();
    workers.start();
    await bed.tell(1);
    await eventually(() => expect(bed.log.lines.filter((line) => line.startsWith('redis is not answering'))).toHaveLength(1));
    await wait(2_500);
    expect(new Set(bed.log.lines.map((line) => line.split(' {')[0])).size).toBe(bed.log.lines.length);
  });
});
