import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { anAct } from './acts.js';
import type { MoneyCommand } from './commands/command.js';
import { NAMED_INVARIANTS, unchecked } from './named-invariants.js';
import { Reach } from './reach.js';
import { STORIES } from './stories.js';
import { aMoneyWorld } from './world.js';

/** `MONEY_SEED` replays a run; drawn anew otherwise. Each story adds its rank, so that no two go on alike. */
const SEED = Number(process.env['MONEY_SEED'] ?? randomInt(2 ** 31));
const RUNS_A_STORY = 2;
/** Planned: those that there is nothing to ask of are left out. */
const ACTS = { minLength: 90, maxLength: 120, size: 'max' } as const;

const [told, drawn] = [new Reach(), new Reach()];
afterAll(() => {
  const [done, refused] = [drawn.total('done'), drawn.total('refused')];
  process.stdout.write(`money: MONEY_SEED=${SEED}; drawn at random, ${done} acts done and ${refused} refused: ${drawn.toString()}\n`);
});

test('the twelve invariants of the project are each checked, by name', () => {
  expect(Object.keys(NAMED_INVARIANTS)).toEqual([
    ...['conservation', 'no negative', 'reserved + committed ≤ ceiling', 'ledger = counters', 'one live approval a line'],
    ...['paid ≤ committed', 'tranche gating', 'four eyes', 'pocket limit', 'identity across years', 'notified amounts immutable'],
    'reversals exact',
  ]);
  expect(unchecked(NAMED_INVARIANTS)).toEqual([]);
});

test.each(Object.entries(STORIES).map(([name, story], rank) => ({ name, story, seed: SEED + rank })))(
  '$name: whatever people do next, in whatever order, the money is where the model says, to the cent',
  async ({ story, seed }) => {
    const tooMuch = story.filter((each) => 'tooMuch' in each).length;
    const run = async (next: readonly MoneyCommand[]) => {
      const { model, real } = await aMoneyWorld();
      try {
        const [done, refused] = [told.total('done'), told.total('refused')];
        const acts = story.map((each) => ('tooMuch' in each ? each.tooMuch : each));
        await fc.asyncModelRun(() => ({ model, real: { ...real, reach: told } }), acts);
        expect([told.total('done') - done, told.total('refused') - refused]).toEqual([story.length - tooMuch, tooMuch]);
        await fc.asyncModelRun(() => ({ model, real: { ...real, reach: drawn } }), next);
        await real.watch.search();
      } finally {
        await real.app.close();
      }
    };
    await fc.assert(fc.asyncProperty(fc.array(anAct, ACTS), run), { numRuns: RUNS_A_STORY, seed, endOnFailure: true });
  },
  300_000,
);

test('every kind of act was done, and chance did its part', () => {
  const kinds = fc.sample(anAct, { numRuns: 3_000, seed: 1 }).map(({ kind }) => kind);
  expect(told.missing(kinds)).toEqual([]);
  expect(drawn.total('done')).toBeGreaterThan(150);
  expect(drawn.total('refused')).toBeGreaterThan(150);
});
