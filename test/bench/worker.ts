import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CACHE, ROOT, TOKEN_SECRET } from './ground.js';

/** The queue process, as in production, with these settings besides. */
export async function startWorker(databaseUrl: string, env: Readonly<Record<string, string>> = {}): Promise<AsyncDisposable> {
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--max-old-space-size=256', '--max-semi-space-size=32', join(ROOT, 'dist', 'src/worker.js')],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: join(CACHE, 'worker'),
        DATABASE_URL: databaseUrl,
        TOKEN_SECRET,
        LOG_LEVEL: 'info',
        ...env,
      },
    },
  );
  const gone = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('worker ready')) resolve();
    });
    child.once('exit', () => {
      reject(new Error('the worker did not start'));
    });
  });
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
