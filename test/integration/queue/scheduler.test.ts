import { jest } from '@jest/globals';
import { backends, Bed } from './bed.js';
import { eventually, wait } from './eventually.js';

describe.each(backends())('clocks on %s', (kind) => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await Bed.open(kind);
  });
  afterEach(() => bed.close());

  test('replicas that start together keep one chain of ticks for each clock', async () => {
    const replicas = [bed.process(), bed.process(), bed.process()];
    const names = Array.from({ length: 20 }, (_, n) => `clock-${n}`);
    for (const { backend, scheduler } of replicas) {
      await eventually(() => backend.on('clocks', (queue) => queue.getJobCounts()).then(() => undefined));
      for (const name of names) scheduler.every(name, 3_600_000, 'clock.test');
    }
    for (const { scheduler } of replicas) scheduler.start();
    const queue = replicas[0]?.backend;
    await eventually(async () => expect(await queue?.on('clocks', (clocks) => clocks.getJobSchedulers())).toHaveLength(20));
    // Each has written its clocks two times more.
    await wait(1_200);
    expect(await queue?.on('clocks', (clocks) => clocks.getJobCounts('waiting', 'delayed'))).toEqual({ waiting: 0, delayed: 20 });
  });

  test('two workers share the ticks of a clock', async () => {
    const replicas = [bed.process(), bed.process()];
    const ticks: number[] = [];
    for (const { registry, scheduler, workers } of replicas) {
      registry.register('clock.test', async () => void ticks.push(Math.floor(Date.now() / 500)));
      scheduler.every('test', 500, 'clock.test');
      scheduler.start();
      workers.start();
    }
    await eventually(() => expect(ticks.length).toBeGreaterThanOrEqual(5));
    expect(new Set(ticks).size).toBe(ticks.length);
  });

  test('a clock whose handler fails ticks again', async () => {
    const { registry, scheduler, workers } = bed.process();
    let ticks = 0;
    registry.register('clock.test', async () => {
      ticks++;
      throw new Error('not today');
    });
    scheduler.every('test', 200, 'clock.test');
    scheduler.start();
    workers.start();
    await eventually(() => expect(ticks).toBeGreaterThanOrEqual(3));
  });

  test('a clock that the store has lost is written again', async () => {
    const { registry, scheduler, workers } = bed.process();
    let ticks = 0;
    registry.register('clock.test', async () => void ticks++);
    scheduler.every('test', 200, 'clock.test');
    scheduler.start();
    workers.start();
    await eventually(() => expect(ticks).toBeGreaterThanOrEqual(2));
    if (kind === 'redis') await bed.redis?.flush();
    else await bed.read('DELETE FROM bullmq.job; DELETE FROM bullmq.scheduler');
    const before = ticks;
    await eventually(() => expect(ticks).toBeGreaterThanOrEqual(before + 2));
  });

  test('a clock whose next job alone was lost ticks again', async () => {
    const { registry, scheduler, workers, backend } = bed.process();
    let ticks = 0;
    registry.register('clock.test', async () => void ticks++);
    scheduler.every('test', 300, 'clock.test');
    scheduler.start();
    await eventually(async () => expect(await backend.on('clocks', (queue) => queue.getJobCounts('delayed'))).toEqual({ delayed: 1 }));
    if (kind === 'redis') await bed.redis?.forget('{test}:clocks:delayed', '{test}:clocks:wait', '{test}:clocks:marker');
    else await bed.read('DELETE FROM bullmq.job');
    workers.start();
    await eventually(() => expect(ticks).toBeGreaterThanOrEqual(2));
  });

  test('after a week without anybody each clock ticks once, as soon as it can, then at its pace', async () => {
    const clocks = { minutely: 60_000, hourly: 3_600_000, nightly: '30 3 * * *' } as const;
    const now = Date.now;
    const aWeekAgo = jest.spyOn(Date, 'now').mockImplementation(() => now() - 7 * 86_400_000);
    const older = bed.process();
    for (const [name, every] of Object.entries(clocks)) older.scheduler.every(name, every, 'clock.test');
    older.scheduler.start();
    const list = () => older.backend.on('clocks', (queue) => queue.getJobSchedulers());
    await eventually(async () => expect(await list()).toHaveLength(3));
    await older.scheduler.stop();
    aWeekAgo.mockRestore();

    const ticks: string[] = [];
    for (const { registry, scheduler, workers } of [bed.process(), bed.process()]) {
      registry.register('clock.test', async ({ id }) => void ticks.push(id));
      for (const [name, every] of Object.entries(clocks)) scheduler.every(name, every, 'clock.test');
      scheduler.start();
      workers.start();
    }
    await eventually(() => expect(new Set(ticks)).toEqual(new Set(Object.keys(clocks))));
    await wait(2_000);
    // A minute may have turned meanwhile.
    expect(ticks.filter((name) => name !== 'minutely').toSorted()).toEqual(['hourly', 'nightly']);
    expect(ticks.filter((name) => name === 'minutely').length).toBeLessThanOrEqual(2);
    for (const { next } of await list()) expect(next).toBeGreaterThan(now());
    expect(await older.backend.on('clocks', (queue) => queue.getJobCounts('waiting', 'delayed'))).toEqual({ waiting: 0, delayed: 3 });
  });

  test('a cron pattern is read in Paris, and a clock that the build no longer has is removed', async () => {
    const older = bed.process();
    older.scheduler.every('gone', 60_000, 'clock.test');
    older.scheduler.every('night', '30 3 * * *', 'clock.test');
    older.scheduler.start();
    const list = () => older.backend.on('clocks', (queue) => queue.getJobSchedulers());
    await eventually(async () => expect((await list()).map(({ key }) => key).toSorted()).toEqual(['gone', 'night']));
    await older.scheduler.stop();
    const newer = bed.process();
    newer.scheduler.every('night', '30 3 * * *', 'clock.test');
    newer.scheduler.start();
    await eventually(async () => expect(await list()).toMatchObject([{ key: 'night', pattern: '30 3 * * *', tz: 'Europe/Paris' }]));
    const [night] = await list();
    const local = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' });
    expect(local.format(night?.next)).toBe('03:30');
  });
});
