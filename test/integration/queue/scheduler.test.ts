import { backends, Bed } from './bed.js';
import { eventually } from './eventually.js';

describe.each(backends())('clocks on %s', (kind) => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await Bed.open(kind);
  });
  afterEach(() => bed.close());

  test('three replicas that start together keep one clock between them', async () => {
    const replicas = [bed.process(), bed.process(), bed.process()];
    const ticks: number[] = [];
    for (const { registry, scheduler, workers } of replicas) {
      registry.register('clock.test', async () => void ticks.push(Math.floor(Date.now() / 1_000)));
      scheduler.every('test', 1_000, 'clock.test');
      scheduler.start();
      workers.start();
    }
    await eventually(() => expect(ticks.length).toBeGreaterThanOrEqual(5));
    const schedulers = await replicas[0]?.backend.on('clocks', (queue) => queue.getJobSchedulers());
    expect(schedulers).toMatchObject([{ key: 'test', every: 1_000 }]);
    // One chain of ticks: as many as seconds, where three replicas with a chain each would show three times as many.
    const seconds = (ticks.at(-1) ?? 0) - (ticks[0] ?? 0) + 1;
    expect(ticks.length).toBeLessThanOrEqual(seconds + 1);
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
