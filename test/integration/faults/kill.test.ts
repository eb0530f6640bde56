import { fileURLToPath } from 'node:url';
import { runPass, type Backend } from '../../faults/pass.js';
import { hasRedis } from '../../faults/redis.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const backends: readonly Backend[] = hasRedis() ? ['postgres', 'redis'] : ['postgres'];
/** Ten in all: fewer may cut no request. A process costs seconds to start; `npm run faults` asks for hundreds, and freezes workers too. */
const kills = 10 / backends.length;

/** In the output of the run, passed or failed: the seed replays the same chances. */
const say = (line: object): void => void process.stderr.write(`${JSON.stringify(line)}\n`);

/** Requests that kills cut before the answer. */
let cut = 0;

test.each(backends)(
  'processes killed during submissions and approvals, amid troubles of mail, store and webhooks, lose nothing and do nothing by halves, the queue on %s',
  async (backend) => {
    const seed = Date.now() % 1_000_000;
    say({ backend, seed });
    const { figures, verdict, complaints } = await runPass({ backend, kills, seed, root });
    say(figures);
    expect(verdict).toEqual({ lost: [], duplicated: [], halfDone: [] });
    expect(complaints).toEqual([]);
    expect(figures.late).toBe(0);
    // Else it would prove nothing: the processes died in the middle of much that succeeded.
    expect(figures.kills).toBe(kills);
    cut += figures.cut;
    expect(figures.acknowledged).toBeGreaterThan(kills);
    const { busy, later, refused, ...others } = figures.mailTroubles;
    expect(busy + later + others.cut + refused).toBeGreaterThan(0);
    expect(figures.poisoned).toBeGreaterThan(0);
    expect(figures.webhooks.told).toBeGreaterThan(0);
    if (backend === 'redis') expect(figures.redisTroubles).toEqual({ absentAtBoot: 1, flushed: 1, killed: 1 });
  },
  480_000,
);

// On one of the backends at least: an answer may leave before its process dies.
test('acts were under way when processes died', () => {
  expect(cut).toBeGreaterThan(0);
});
