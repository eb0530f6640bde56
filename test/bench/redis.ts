import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './serve.js';

export interface ServedRedis extends AsyncDisposable {
  readonly url: string;
  flush(): Promise<void>;
}

/** A Redis of the bench's own, with the durability that docker-compose.yml gives it: appended, synced every second. */
export async function serveRedis(): Promise<ServedRedis> {
  const [port, folder] = [await freePort(), mkdtempSync(join(tmpdir(), 'bievre-bench-redis-'))];
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'yes',
    '--appendfsync',
    'everysec',
  ];
  const child = spawn('redis-server', options, { stdio: 'ignore' });
  const gone = once(child, 'exit');
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { retryStrategy: () => 50 });
  client.on('error', () => undefined);
  while (client.status !== 'ready') await wait(20);
  return {
    url,
    flush: async () => {
      await client.flushall();
    },
    [Symbol.asyncDispose]: async () => {
      client.disconnect();
      child.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
