import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './replica.js';

export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of this run's own, that keeps nothing on disk. Absent until it is started. */
export class Redis {
  private child: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  static async create(): Promise<Redis> {
    return new Redis(await freePort());
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const options = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.child = spawn('redis-server', options, { stdio: 'ignore' });
    for (let tries = 0; !(await this.says('PING')); tries++) {
      if (tries > 200) throw new Error('redis-server did not start');
      await wait(50);
    }
  }

  /** Forgets every job. */
  async flush(): Promise<void> {
    await this.says('FLUSHALL');
  }

  /** As `kill -9` does; nothing was kept. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const dead = once(child, 'exit');
    child.kill(signal);
    await dead;
  }

  /** Whether it took the command. */
  private says(command: 'PING' | 'FLUSHALL'): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.write(`${command}\r\n`));
      socket.once('data', (answer) => {
        socket.destroy();
        resolve(answer.toString().startsWith('+'));
      });
      socket.once('error', () => resolve(false));
    });
  }
}
