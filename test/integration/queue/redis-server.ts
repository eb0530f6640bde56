import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { eventually } from './eventually.js';

/** Whether this machine can run Redis; without it the suites run on PostgreSQL alone. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of the test's own: free port, nothing kept on disk. */
export class RedisServer {
  private child: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  /** Reserves a port; `start` it when the test wants it up. */
  static async create(): Promise<RedisServer> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    return new RedisServer(port);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const options = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.child = spawn('redis-server', options, { stdio: 'ignore' });
    await eventually(async () => {
      const reply = await this.command((client) => client.ping());
      expect(reply).toBe('PONG');
    });
  }

  /** As `kill -9` does: everything it held is lost. */
  async kill(): Promise<void> {
    const child = this.child;
    if (!child) return;
    this.child = undefined;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async flush(): Promise<void> {
    await this.command((client) => client.flushall());
  }

  async forget(...keys: string[]): Promise<void> {
    await this.command((client) => client.del(...keys));
  }

  async keys(pattern: string): Promise<string[]> {
    return this.command((client) => client.keys(pattern));
  }

  private async command<Reply>(send: (client: Redis) => Promise<Reply>): Promise<Reply> {
    const client = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0, disconnectTimeout: 50 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await send(client);
    } finally {
      client.disconnect();
    }
  }
}
