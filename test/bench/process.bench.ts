import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CACHE, ROOT } from './ground.js';
import { median, rounded, ROUNDS, type Figure } from './measure.js';
import { answers, freePort } from './serve.js';
import type { Bench, Stage } from './stage.js';
import { readTable } from './table.bench.js';

const LIMIT_MB = 350;
const LIMIT_SECONDS = 5;

/** What the API process holds after everything this run did to it, the last being a thousand pages of the programming table. */
async function memory(stage: Stage): Promise<Figure[]> {
  const api = await stage.api();
  await readTable(api, 1000);
  const { resident, peak } = api.memory();
  const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
  const note = `resident memory of the API process after the benches of this run, ${megabytes(peak)} MB at most until then; baseline: the limit; at most 1`;
  return [
    { bench: 'memory', ratio: rounded(megabytes(resident) / LIMIT_MB), ours: megabytes(resident), baseline: LIMIT_MB, unit: 'MB', note },
  ];
}

/** Seconds that `npm start` takes to be ready on this data folder; stopped afterwards, cleanly. */
async function boot(): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: String(port),
      DATA_DIR: join(CACHE, 'boot'),
      DEMO_PASSWORD: 'mot de passe du banc',
      LOG_LEVEL: 'warn',
    },
  });
  const gone = once(child, 'exit');
  try {
    while (!(await answers(port, '/health/ready'))) {
      if (child.exitCode !== null) throw new Error('npm start ended before it was ready');
      await wait(10);
    }
    return (performance.now() - started) / 1000;
  } finally {
    // npm and what it runs are one group: npm alone would leave its child behind.
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await gone;
  }
}

async function boots(): Promise<Figure[]> {
  await boot();
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) seconds.push(await boot());
  const ours = median(seconds);
  const note = `npm start from an initialised data folder to /health/ready, median of ${ROUNDS}; baseline: the limit; at most 1`;
  return [{ bench: 'boot', ratio: rounded(ours / LIMIT_SECONDS), ours: rounded(ours), baseline: LIMIT_SECONDS, unit: 's', note }];
}

export const memoryBench: Bench = { figures: ['memory'], run: memory };
export const bootBench: Bench = { figures: ['boot'], run: boots };
