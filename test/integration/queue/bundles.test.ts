import { TooLate, togetherOrAlone } from '../../../src/platform/job-in-hand.js';
import { markAllHandled } from '../../../src/platform/outbox/index.js';
import { PutOff, type Failures } from '../../../src/platform/queue/index.js';
import { backends, Bed } from './bed.js';
import { eventually, wait } from './eventually.js';

const NONE: Failures = new Map();

describe.each(backends())('events that travel together, on %s', (kind) => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await Bed.open(kind);
  });
  afterEach(() => bed.close());

  const rows = () =>
    bed.read<{ id: string; handled: boolean; dead: boolean; tries: number; last_error: string | null }>(
      'SELECT id, handled_at IS NOT NULL AS handled, dead_at IS NOT NULL AS dead, tries, last_error FROM outbox ORDER BY id',
    );

  test('each reaches its handler once, so many at once and no more, whichever relay offers it', async () => {
    const [one, two] = [bed.process({ batch: 60 }), bed.process({ batch: 60 })];
    const sizes: number[] = [];
    const seen: string[] = [];
    for (const { registry } of [one, two]) {
      registry.registerBundles('test.happened.v1', 25, async (jobs) => {
        sizes.push(jobs.length);
        seen.push(...jobs.map(({ id, payload, attempt }) => `${id} ${payload.thingId} ${attempt}`));
        return NONE;
      });
    }
    const ids = await bed.tell(330);
    for (const { relay, workers } of [one, two]) {
      relay.start();
      workers.start();
    }
    await eventually(async () => expect(await bed.unhandled()).toBe(0), 40_000);
    expect(seen.toSorted()).toEqual(ids.map((id) => `${id} ${id} 1`).toSorted());
    expect(Math.max(...sizes)).toBe(25);
    expect(sizes.length).toBeLessThan(60);
  });

  test('one that cannot be handled fails alone, is tried again alone, and dies with its own cause', async () => {
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 50, lastLeaseMs: 50, limits: { maxTries: 3 } });
    const [poison = '', ...sound] = await bed.tell(10);
    const seen: string[] = [];
    registry.registerBundles('test.happened.v1', 10, (jobs) =>
      togetherOrAlone(jobs, async (some) => {
        if (some.some(({ id }) => id === poison)) throw new Error('poison of jeanne@asso.example');
        seen.push(...some.map(({ id }) => id));
      }),
    );
    relay.start();
    workers.start();
    await eventually(async () => expect((await rows()).filter(({ dead }) => dead)).toHaveLength(1));
    expect(seen.toSorted()).toEqual(sound.toSorted());
    expect((await rows())[0]).toEqual({ id: poison, handled: false, dead: true, tries: 3, last_error: 'Error: poison of [address]' });
    expect((await rows()).filter(({ tries }) => tries === 1)).toHaveLength(9);
  });

  test('what a handler marked before it failed stays handled, the rest is offered again', async () => {
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 50 });
    const seen: number[] = [];
    registry.registerBundles('test.happened.v1', 10, async (jobs) => {
      seen.push(jobs.length);
      const [first] = jobs;
      if (jobs.length > 1 && first) {
        await markAllHandled(bed.read, [first.id]);
        throw new Error('died after the first');
      }
      return NONE;
    });
    await bed.tell(2);
    relay.start();
    workers.start();
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    expect(seen).toEqual([2, 1]);
  });

  test('one whose turn did not come is offered again at once, as no failure', async () => {
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 60_000 });
    const seen: number[] = [];
    registry.registerBundles('test.happened.v1', 3, async (jobs) => {
      seen.push(jobs.length);
      return new Map(jobs.slice(1).map(({ id }) => [id, new PutOff('its turn did not come')]));
    });
    await bed.tell(3);
    relay.start();
    workers.start();
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    expect(seen).toEqual([3, 2, 1]);
    expect(bed.log.lines.filter((line) => line.startsWith('a job failed'))).toEqual([]);
  });

  test('an event in two jobs is the first one’s; a job given again takes over what is still its own', async () => {
    const { registry, workers, backend } = bed.process({ limits: { concurrency: 3 } });
    const seen: string[] = [];
    registry.registerBundles('test.happened.v1', 10, async (jobs) => {
      seen.push(jobs.map(({ id }) => names.get(id)).join(' '));
      await wait(400);
      return NONE;
    });
    const ids = await bed.tell(3);
    const names = new Map(ids.map((id, rank) => [id, 'abc'[rank]]));
    const [a, b, c] = ids.map((id) => ({ id, type: 'test.happened.v1', payload: { thingId: id }, attempt: 1 }));
    if (!a || !b || !c) throw new Error('three events');
    await bed.read(`UPDATE outbox SET held_by = 'taken', held_until = now() + interval '1 hour', tries = 1 WHERE id = $1`, [c.id]);
    workers.start();
    await eventually(() =>
      backend.enqueue('events', [
        { jobId: 'first', ...a, others: [b] },
        { jobId: 'second', ...b, others: [c] },
      ]),
    );
    const done = () => backend.on('events', (queue) => queue.getJobCounts('completed', 'failed'));
    await eventually(async () => expect(await done()).toEqual({ completed: 2, failed: 0 }));
    expect(seen).toEqual(['a b']);
    await backend.enqueue('events', [{ jobId: 'taken', ...c }]);
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    expect(seen).toEqual(['a b', 'c']);
    expect((await rows()).map(({ tries }) => tries)).toEqual([1, 1, 2]);
  });

  test('a transaction on behalf of one is refused when another job has that one, and only then', async () => {
    const { registry, relay, workers } = bed.process({ firstLeaseMs: 50 });
    const outcomes: string[] = [];
    registry.registerBundles('test.happened.v1', 2, async (jobs) => {
      const [one] = jobs;
      if (jobs.length === 2 && one) await bed.read('UPDATE outbox SET tries = tries + 1 WHERE id = $1', [one.id]);
      const failures = new Map<string, unknown>();
      for (const job of jobs) {
        try {
          const own = await togetherOrAlone([job], () => bed.transaction(async (query) => void (await markAllHandled(query, [job.id]))));
          outcomes.push(own.size === 0 ? 'done' : 'failed');
        } catch (error) {
          outcomes.push(error instanceof TooLate ? 'too late' : 'failed');
          failures.set(job.id, error);
        }
      }
      return failures;
    });
    await bed.tell(2);
    relay.start();
    workers.start();
    await eventually(() => expect(outcomes).toEqual(['too late', 'done']));
  });
});
