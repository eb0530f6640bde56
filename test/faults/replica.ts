import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export type Kind = 'api' | 'worker';

const SCRIPTS = { api: 'hurried-api.js', worker: 'hurried-worker.js' } as const;
/** Most of a life's work is its start, which makes much and keeps it: fewer collections. */
const SHORT_LIVED = ['--min-semi-space-size=32', '--max-semi-space-size=64'];
const SAYS_READY = { api: 'Bièvre écoute sur', worker: 'worker ready' } as const;
const KEPT_OUTPUT = 4_000;
const STOP_MS = 40_000;

/** One life of a process: from its start to its kill. */
interface Life {
  readonly name: string;
  readonly child: ChildProcess;
  ready: boolean;
  killed: boolean;
  frozen: boolean;
  said: string;
}

/** A place that a process always fills: killed, it is started again at once. */
export class Replica {
  readonly url: string;
  /** Names of the lives that were killed. */
  readonly killed: string[] = [];
  /** What went wrong without anybody killing. */
  readonly complaints: string[] = [];
  private lives = 0;
  private life: Life;
  private stopping = false;

  /** `environment` is given the name of the life. */
  constructor(
    readonly kind: Kind,
    private readonly name: string,
    private readonly root: string,
    private readonly port: number,
    private readonly environment: (life: string) => Readonly<Record<string, string>>,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.life = this.start();
  }

  /** At work: neither starting nor frozen. */
  get ready(): boolean {
    return this.life.ready && !this.life.frozen;
  }

  get starting(): boolean {
    return !this.life.ready;
  }

  /** The name of the life that goes on. */
  get current(): string {
    return this.life.name;
  }

  async untilReady(ms: number): Promise<void> {
    const end = Date.now() + ms;
    while (!this.ready) {
      if (Date.now() > end) throw new Error(`${this.life.name} is not ready after ${ms} ms:\n${this.life.said}`);
      await wait(20);
    }
  }

  /** As `kill -9` does, whatever it is doing. Resolves when it is dead, and its successor started. */
  async kill(): Promise<void> {
    const { life } = this;
    if (life.child.exitCode !== null || life.killed) return;
    life.killed = true;
    this.killed.push(life.name);
    const dead = once(life.child, 'exit');
    life.child.kill('SIGKILL');
    await dead;
  }

  /** Stopped in the middle of whatever it does, as a paused machine is. Gives how to let it go on. */
  freeze(): () => void {
    const { life } = this;
    life.frozen = true;
    life.child.kill('SIGSTOP');
    return () => {
      life.child.kill('SIGCONT');
      life.frozen = false;
    };
  }

  /** As an operator does; what started must finish. */
  async stop(): Promise<void> {
    this.stopping = true;
    const { child, name } = this.life;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const dead = once(child, 'exit');
    // Before it is ready it may not know the signal yet, and has nothing to finish.
    if (!this.ready) {
      child.kill('SIGKILL');
      await dead;
      return;
    }
    child.kill('SIGTERM');
    const late = new AbortController();
    const answer = await Promise.race([dead, wait(STOP_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
    if (answer?.[0] === 0) return;
    this.complaints.push(`${name} did not stop cleanly (${answer === undefined ? `not in ${STOP_MS} ms` : answer.join(' ')})`);
    child.kill('SIGKILL');
    await dead;
  }

  /** For the end of a test that failed: nothing may be left running. */
  abandon(): void {
    this.stopping = true;
    this.life.child.kill('SIGKILL');
  }

  private start(): Life {
    const name = `${this.name}-${++this.lives}`;
    const child = spawn(process.execPath, [...SHORT_LIVED, join(this.root, 'dist', 'test', 'faults', SCRIPTS[this.kind])], {
      cwd: this.root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], NODE_ENV: 'development', HOST: '127.0.0.1', PORT: String(this.port), ...this.environment(name) },
    });
    const life: Life = { name, child, ready: false, killed: false, frozen: false, said: '' };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        life.said = (life.said + text).slice(-KEPT_OUTPUT);
        life.ready ||= life.said.includes(SAYS_READY[this.kind]);
      });
    }
    child.once('exit', (code, signal) => {
      life.ready = false;
      if (!life.killed && !this.stopping) this.complaints.push(`${name} left by itself (${code ?? signal}):\n${life.said}`);
      // A process that cannot start would otherwise be started for ever.
      if (!this.stopping && this.complaints.length < 3) this.life = this.start();
    });
    return life;
  }
}

/** Free now, and below the range that the system draws from for outgoing connections: nobody takes it between two lives. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 20_000);
    const probe = createServer();
    try {
      probe.listen(port, '127.0.0.1');
      await once(probe, 'listening');
      probe.close();
      await once(probe, 'close');
      return port;
    } catch {
      continue;
    }
  }
}
