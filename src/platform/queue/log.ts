import { describeFailure } from './failure.js';

/** What the queue needs of a logger; pino has it. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const MINUTE = 60_000;

/** Says the same trouble once a minute: a Redis that is down fails thousands of commands, and one line is enough. */
export class Complaints {
  private readonly last = new Map<string, { at: number; silenced: number }>();

  constructor(
    private readonly log: Log,
    private readonly everyMs: number = MINUTE,
  ) {}

  about(what: string, error: unknown): void {
    const now = Date.now();
    const known = this.last.get(what);
    if (known && now - known.at < this.everyMs) {
      known.silenced++;
      return;
    }
    this.last.set(what, { at: now, silenced: 0 });
    this.log.warn({ reason: describeFailure(error), silenced: known?.silenced ?? 0 }, what);
  }
}
