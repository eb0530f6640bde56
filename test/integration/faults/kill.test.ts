import { fileURLToPath } from 'node:url';
import { runPass, type Backend } from '../../faults/pass.js';
import { hasRedis } from '../../faults/redis.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const backends: readonly Backend[] = hasRedis() ? ['postgres', 'redis'] : ['postgres'];
/** Six in all, as a process costs seconds to start; `npm run faults` asks for hundreds, and freezes workers too. */
const kills = 6 / backends.length;

/** In the output of the run, passed or failed: the seed replays the same chances. */
const say = (line: object): void => void process.stderr.write(`${JSON.stringify(line)}\n`);

test.each(backends)(
  'processes killed during submissions and approvals, amid troubles of mail, store and webhooks, lose nothing and do nothing by halves, the queue on %s',
  async (backend) => {
    const seed = Date.now() % 1_000_000;
    say({ backend, seed });
    const { figures, verdict, complaints } = await runPass({ backend, kills, seed, root });
    say(figures);
    expect(verdict).toEqual({ lost: [], duplicated: [], halfDone: [] });
    expect(complaints).toEqual([]);
    // Else it would prove nothing: acts were under way when the processes died, in the middle of much that succeeded.
    expect(figures.late).toBe(0);
    expect(figures.kills).toBe(kills);
    expect(figures.cut).toBeGreaterThan(0);
    expect(figures.acknowledged).toBeGreaterThan(kills);
    const { busy, later, cut, refused } = figures.mailTroubles;
    expect(busy + later + cut + refused).toBeGreaterThan(0);
    expect(figures.poisoned).toBeGreaterThan(0);
    expect(figures.webhooks.told).toBeGreaterThan(0);
    if (backend === 'redis') expect(figures.redisTroubles).toEqual({ absentAtBoot: 1, flushed: 1, killed: 1 });
  },
  480_000,
);
