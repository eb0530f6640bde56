import { alternately, figure, shoot, type Figure } from './measure.js';
import { serve, type Served } from './serve.js';
import type { Bench, Stage } from './stage.js';
import { resetSubmissions, submissions } from './submit.bench.js';

const CLIENTS = 8;
/** The rounds of a side differ by more than what is looked for: many of them, paired. */
const ROUNDS = 15;

async function run(stage: Stage): Promise<Figure[]> {
  const api = await stage.api();
  const hand = await stage.hand();
  await using without = await serve('test/bench/without-outbox.js', await stage.url(), '/health/live');
  const requests = await submissions();
  const submitAll =
    ({ port }: Served, told: number) =>
    async () => {
      await resetSubmissions(hand);
      const { perSecond } = await shoot({ port, clients: CLIENTS }, requests);
      const { rows } = await hand.query<{ told: number }>('SELECT count(*)::int AS told FROM outbox');
      if (rows[0]?.told !== told) throw new Error(`${rows[0]?.told} events told, not ${told}`);
      return 1000 / perSecond;
    };
  const [ours = [], theirs = []] = await alternately([submitAll(api, requests.length), submitAll(without, 0)], ROUNDS);
  await resetSubmissions(hand);
  const note = `${CLIENTS} clients, ${requests.length} dossiers submitted a round; baseline: the same API without the outbox row; median of ${ROUNDS} pairs, at most 1.1`;
  return [figure('outbox-cost', 'ms', note, ours, theirs)];
}

export const outboxCostBench: Bench = { figures: ['outbox-cost'], run };
