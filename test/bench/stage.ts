import type pg from 'pg';
import { connected, type Ground } from './ground.js';
import type { Figure } from './measure.js';
import { serveApi, type Served } from './serve.js';

/** One bench: the figures it can print, and how. */
export interface Bench {
  readonly figures: readonly string[];
  run(stage: Stage, wanted: ReadonlySet<string>): Promise<readonly Figure[]>;
}

/** What the benches of one run share: a copy of the data set and one API process over it, started when first needed. */
export class Stage implements AsyncDisposable {
  private readonly opened: AsyncDisposable[] = [];
  private readonly made = new Map<string, Promise<unknown>>();

  constructor(private readonly ground: Ground) {}

  url(): Promise<string> {
    return this.once('url', () => this.ground.copy());
  }

  /** A connection for what is not measured: resets and checks. */
  hand(): Promise<pg.Client> {
    return this.once('hand', async () => this.keep(await connected(await this.url())).client);
  }

  api(): Promise<Served> {
    return this.once('api', async () => this.keep(await serveApi(await this.url())));
  }

  /** Another API process, over a tenth of the data. */
  async tenth(): Promise<Served> {
    return serveApi(await this.ground.tenth());
  }

  private keep<T extends AsyncDisposable>(opened: T): T {
    this.opened.push(opened);
    return opened;
  }

  private once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.made.get(name) ?? make();
    this.made.set(name, known);
    return known as Promise<T>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const opened of this.opened.reverse()) await opened[Symbol.asyncDispose]();
  }
}
