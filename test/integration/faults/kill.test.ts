import { fileURLToPath } from 'node:url';
import { runPass, type Backend } from '../../faults/pass.js';
import { hasRedis } from '../../faults/redis.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const backends: readonly Backend[] = hasRedis() ? ['postgres', 'redis'] : ['postgres'];
/** Twelve in all, as a killed process takes eight seconds to be of use again; `npm run faults` asks for hundreds. */
const kills = 12 / backends.length;

/** In the output of the run, passed or failed: the seed replays the same chances. */
const say = (line: object): void => void process.stderr.write(`${JSON.stringify(line)}\n`);

test.each(backends)(
  'processes killed during submissions and approvals lose nothing and do nothing by halves, the queue on %s',
  async (backend) => {
    const seed = Date.now() % 1_000_000;
    say({ backend, seed });
    const { figures, verdict, complaints } = await runPass({ backend, kills, seed, root });
    say(figures);
    expect(verdict).toEqual({ lost: [], duplicated: [], halfDone: [] });
    expect(complaints).toEqual([]);
    // Else it would prove nothing: acts were under way when the processes died, in the middle of much that succeeded.
    expect(figures.kills).toBe(kills);
    expect(figures.cut).toBeGreaterThan(0);
    expect(figures.acknowledged).toBeGreaterThan(kills);
  },
  300_000,
);
