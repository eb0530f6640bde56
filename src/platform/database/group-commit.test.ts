import fc from 'fast-check';
import { setTimeout as wait } from 'node:timers/promises';
import { GroupCommit } from './group-commit.js';

test('what comes while a commit is under way is committed together, after it', async () => {
  const groups: string[][] = [];
  const commits = new GroupCommit<string, string>(async (items) => {
    groups.push([...items]);
    await wait(5);
    return items.map((item) => item.toUpperCase());
  });
  const first = commits.add('a');
  await wait(1);
  expect(await Promise.all([first, commits.add('b'), commits.add('c')])).toEqual(['A', 'B', 'C']);
  await commits.add('d');
  expect(groups).toEqual([['a'], ['b', 'c'], ['d']]);
});

test('one that is refused holds back none of those committed with it, nor the next ones', async () => {
  const groups: string[] = [];
  const commits = new GroupCommit<string, string>((items) => {
    groups.push(items.join(' '));
    return items.includes('bad') ? Promise.reject(new Error('refused')) : Promise.resolve(items);
  });
  const added = await Promise.allSettled([
    commits.add('first'),
    commits.add('bad'),
    commits.add('good'),
    wait(1).then(() => commits.add('next')),
  ]);
  expect(added.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(groups).toEqual(['first', 'bad good', 'bad', 'good', 'next']);
});

test.each<[string, number, number, readonly string[]]>([
  ['others are awaited while they are coming', 50, 3, ['a b c']],
  ['but not longer than patience', 1, 3, ['a', 'b c']],
  ['and none beyond enough', 50, 2, ['a b', 'c']],
])('%s', async (_what, patienceMs, enough, expected) => {
  const groups: string[] = [];
  let coming = 3;
  const commits = new GroupCommit<string, string>(
    (items) => {
      groups.push(items.join(' '));
      return Promise.resolve(items);
    },
    { othersComing: () => coming > 0, patienceMs, enough },
  );
  const add = (item: string) => {
    coming--;
    return commits.add(item);
  };
  const first = add('a');
  await wait(10);
  await Promise.all([first, add('b'), add('c')]);
  expect(groups).toEqual(expected);
});

test('when nobody else is coming, the last one waits for nothing', async () => {
  const commits = new GroupCommit<string, string>((items) => Promise.resolve(items), {
    othersComing: () => false,
    patienceMs: 60_000,
    enough: 9,
  });
  expect(await commits.add('a')).toBe('a');
});

test('each item is committed once, never two commits at once, and known only when it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }), fc.nat(3), async (pauses, slowness) => {
      const committed: number[] = [];
      let running = 0;
      const commits = new GroupCommit<number, number>(async (items) => {
        running++;
        if (running > 1) throw new Error('two at once');
        await wait(slowness);
        committed.push(...items);
        running--;
        return items;
      });
      await Promise.all(
        pauses.map(async (pause, item) => {
          await wait(pause);
          await commits.add(item);
          if (!committed.includes(item)) throw new Error('known before it is committed');
        }),
      );
      expect(committed.toSorted((a, b) => a - b)).toEqual(pauses.map((_, item) => item));
    }),
    { numRuns: 40 },
  );
});
