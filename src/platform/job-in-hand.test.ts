import { jobInHand, onBehalfOf, onBehalfOfAll, TooLate, togetherOrAlone } from './job-in-hand.js';

const events = ['a', 'b', 'c'].map((id, tries) => ({ id, tries }));
const inHand = { events, since: 5, endsAt: Number.POSITIVE_INFINITY, idleMs: 1_000 };
const now = () => jobInHand.getStore()?.events.map(({ id }) => id);

test('work on behalf of some of the events depends on those only', async () => {
  await jobInHand.run(inHand, async () => {
    expect(await onBehalfOf(['c', 'a'], () => Promise.resolve(now()))).toEqual(['a', 'c']);
    expect(now()).toEqual(['a', 'b', 'c']);
  });
  expect(await onBehalfOf(['a'], () => Promise.resolve(now()))).toBeUndefined();
});

test('work on behalf of events of several jobs depends on those only, however late it is', async () => {
  const sooner = { events: [{ id: 'd', tries: 7 }], since: 4, endsAt: performance.now() - 1_000, idleMs: 500 };
  const left = [
    { eventId: 'b', job: inHand },
    { eventId: 'd', job: sooner },
    { eventId: 'c', job: inHand },
  ];
  const store = await onBehalfOfAll(left, () => Promise.resolve(jobInHand.getStore()));
  expect(store).toEqual({ events: [events[1], events[2], sooner.events[0]], since: 4, endsAt: Number.POSITIVE_INFINITY, idleMs: 500 });
  expect(await onBehalfOfAll([{ eventId: 'a', job: undefined }], () => Promise.resolve(now()))).toBeUndefined();
});

test.each<[string, readonly string[], readonly string[], readonly string[]]>([
  ['all together when nothing stands in the way', [], ['a b c'], []],
  ['each alone when one does', ['b'], ['a b c', 'a', 'b', 'c'], ['b']],
  ['each alone when several do', ['a', 'c'], ['a b c', 'a', 'b', 'c'], ['a', 'c']],
])('%s', async (_what, bad, calls, failed) => {
  const called: string[] = [];
  const onBehalf: (string[] | undefined)[] = [];
  const failures = await jobInHand.run(inHand, () =>
    togetherOrAlone(events, (some) => {
      called.push(some.map(({ id }) => id).join(' '));
      onBehalf.push(now());
      return some.some(({ id }) => bad.includes(id)) ? Promise.reject(new Error('no')) : Promise.resolve();
    }),
  );
  expect(called).toEqual(calls);
  expect(onBehalf.map((ids) => ids?.join(' '))).toEqual(calls);
  expect([...failures.keys()]).toEqual(failed);
});

test('one alone is tried once, and nothing at all when it is too late', async () => {
  let calls = 0;
  const failing = (error: Error) => () => {
    calls++;
    return Promise.reject(error);
  };
  expect([...(await togetherOrAlone([{ id: 'a' }], failing(new Error('no')))).keys()]).toEqual(['a']);
  await expect(togetherOrAlone([{ id: 'a' }, { id: 'b' }], failing(new TooLate('late')))).rejects.toThrow(TooLate);
  expect(calls).toBe(2);
});
