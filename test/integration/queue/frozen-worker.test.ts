import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { backends, Bed } from './bed.js';
import { eventually, wait } from './eventually.js';

const script = fileURLToPath(new URL('../../../dist/test/faults/freezable-worker.js', import.meta.url));
const TIMEOUT_MS = 2_000;

/** A worker process of its own, that a signal can freeze. */
class Worker {
  readonly said: string[] = [];

  private constructor(private readonly child: ChildProcess) {
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => this.said.push(line));
  }

  static async start(bed: Bed, name: string, pauseMs: number, timeoutMs = TIMEOUT_MS): Promise<Worker> {
    const env = { NAME: name, DATABASE_URL: bed.databaseUrl, TIMEOUT_MS: `${timeoutMs}`, PAUSE_MS: `${pauseMs}` };
    const redis = bed.redis ? { REDIS_URL: bed.redis.url } : {};
    const child = spawn(process.execPath, [script], {
      env: { PATH: process.env['PATH'], ...env, ...redis },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const worker = new Worker(child);
    await worker.says('ready');
    return worker;
  }

  says(word: string): Promise<void> {
    return eventually(() => expect(this.said.join('\n')).toContain(word), 40_000);
  }

  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    const dead = once(this.child, 'exit');
    this.thaw();
    this.child.kill('SIGTERM');
    await dead;
  }
}

describe.each(backends())('a frozen worker on %s', (kind) => {
  let bed: Bed;
  const workers: Worker[] = [];
  beforeEach(async () => {
    bed = await Bed.open(kind);
    await bed.read('CREATE TABLE done (event_id uuid NOT NULL, worker text NOT NULL, step int NOT NULL)');
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await bed.close();
  });

  test.each([
    ['inside its transaction', 'test.inside.v1', TIMEOUT_MS, ['other 1', 'other 2']],
    ['between two transactions', 'test.between.v1', TIMEOUT_MS, ['frozen 1', 'other 1', 'other 2']],
    // The queue does not wait for that: it gives away the jobs of who is silent.
    ['long before its time is up, outside of any transaction', 'test.outside.v1', 120_000, ['frozen 1', 'other 1', 'other 2']],
  ])(
    'frozen %s, it does nothing more once another has taken its event',
    async (_where, type, timeoutMs, done) => {
      const frozen = await Worker.start(bed, 'frozen', 200, timeoutMs);
      workers.push(frozen);
      await bed.tell(1, type);
      await frozen.says('here');
      frozen.freeze();
      const other = await Worker.start(bed, 'other', 0, timeoutMs);
      workers.push(other);
      await eventually(async () => expect(await bed.unhandled()).toBe(0), 60_000);
      frozen.thaw();
      await frozen.says('a job failed');
      const rows = await bed.read<{ what: string }>(`SELECT worker || ' ' || step AS what FROM done ORDER BY worker, step`);
      expect(rows.map(({ what }) => what)).toEqual(done);
      expect(await bed.read('SELECT tries, dead_at, last_error FROM outbox')).toEqual([{ tries: 2, dead_at: null, last_error: null }]);
      // It goes on with other work.
      other.freeze();
      await bed.tell(1, type);
      await eventually(async () => expect(await bed.unhandled()).toBe(0), 60_000);
    },
    180_000,
  );

  test('frozen for a moment, it finishes, and nobody does it again', async () => {
    const [frozen, other] = [await Worker.start(bed, 'frozen', 200), await Worker.start(bed, 'other', 0)];
    workers.push(frozen, other);
    other.freeze();
    await bed.tell(1, 'test.inside.v1');
    await frozen.says('here');
    frozen.freeze();
    other.thaw();
    await wait(TIMEOUT_MS / 4);
    frozen.thaw();
    await eventually(async () => expect(await bed.unhandled()).toBe(0));
    expect(await bed.read(`SELECT worker || ' ' || step AS what FROM done ORDER BY step`)).toEqual([
      { what: 'frozen 1' },
      { what: 'frozen 2' },
    ]);
    expect(await bed.read('SELECT tries FROM outbox')).toEqual([{ tries: 1 }]);
  }, 120_000);
});
