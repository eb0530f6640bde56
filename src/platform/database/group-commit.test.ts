import fc from 'fast-check';
import { setTimeout as wait } from 'node:timers/promises';
import { GroupCommit } from './group-commit.js';

test('what comes while a commit is under way is committed together, after it', async () => {
  const groups: string[][] = [];
  const commits = new GroupCommit<string>(async (items) => {
    groups.push([...items]);
    await wait(5);
  });
  const first = commits.add('a');
  await wait(1);
  await Promise.all([first, commits.add('b'), commits.add('c')]);
  await commits.add('d');
  expect(groups).toEqual([['a'], ['b', 'c'], ['d']]);
});

test('a commit that is refused is so for its own items, and the next ones go on', async () => {
  const commits = new GroupCommit<string>((items) => (items.includes('bad') ? Promise.reject(new Error('refused')) : Promise.resolve()));
  const [bad, good] = await Promise.allSettled([commits.add('bad'), wait(1).then(() => commits.add('good'))]);
  expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
});

test('each item is committed once, never two commits at once, and known only when it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }), fc.nat(3), async (pauses, slowness) => {
      const committed: number[] = [];
      let running = 0;
      const commits = new GroupCommit<number>(async (items) => {
        running++;
        if (running > 1) throw new Error('two at once');
        await wait(slowness);
        committed.push(...items);
        running--;
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
