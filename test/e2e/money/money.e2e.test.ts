import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { anAct } from './acts.js';
import { NAMED_INVARIANTS, unchecked } from './named-invariants.js';
import { Reach } from './reach.js';
import { STORIES } from './stories.js';
import { aMoneyWorld } from './world.js';

/** `MONEY_SEED` replays a run; drawn anew otherwise. */
const SEED = Number(process.env['MONEY_SEED'] ?? randomInt(2 ** 31));
const RUNS_A_STORY = 2;
const MOST_ACTS = 90;

const reach = new Reach();
afterAll(() => {
  process.stdout.write(
    `money: MONEY_SEED=${SEED}, ${reach.total('done')} acts done and ${reach.total('refused')} refused: ${reach.toString()}\n`,
  );
});

test('the twelve invariants of the project are each checked by name', () => {
  expect(Object.keys(NAMED_INVARIANTS)).toEqual([
    ...[
      'conservation',
      'no negative',
      'reserved + committed ≤ ceiling',
      'ledger = counters',
      'one live approval a line',
      'paid ≤ committed',
    ],
    ...['tranche gating', 'four eyes', 'pocket limit', 'identity across years', 'notified amounts immutable', 'reversals exact'],
  ]);
  expect(unchecked(NAMED_INVARIANTS)).toEqual([]);
});

test.each(Object.keys(STORIES))(
  '%s: whatever people do next, in whatever order, the money is where the model says, to the cent',
  async (name) => {
    const story = STORIES[name] ?? [];
    await fc.assert(
      fc.asyncProperty(fc.commands([anAct], { maxCommands: MOST_ACTS, size: 'max' }), async (acts) => {
        const { model, real } = await aMoneyWorld(reach);
        const [done, refused] = [reach.total('done'), reach.total('refused')];
        try {
          await fc.asyncModelRun(() => ({ model, real }), story);
          expect([reach.total('done') - done, reach.total('refused') - refused]).toEqual([story.length, 0]);
          await fc.asyncModelRun(() => ({ model, real }), acts);
          await real.watch.search();
        } finally {
          await real.app.close();
        }
      }),
      { numRuns: RUNS_A_STORY, seed: SEED, endOnFailure: true },
    );
  },
  300_000,
);
