import type { Logger } from './platform/observability/logger.js';

/** What a process has opened, closed in reverse order: on a signal, or when its start fails. */
export class Shutdown {
  private readonly steps: (() => Promise<void>)[] = [];
  private closing: Promise<void> | undefined;

  constructor(private readonly logger: Logger) {}

  add(step: () => Promise<void>): void {
    this.steps.push(step);
  }

  /** The first signal lets what started finish; a second one leaves at once. */
  onSignals(): void {
    const leave = (signal: string) => {
      if (this.closing !== undefined) process.exit(1);
      this.logger.info({ signal }, 'stopping: finishing what has started');
      void this.close().then((clean) => process.exit(clean ? 0 : 1));
    };
    process.on('SIGTERM', leave);
    process.on('SIGINT', leave);
  }

  /** Every step is tried; false when one failed. */
  async close(): Promise<boolean> {
    let clean = true;
    this.closing ??= (async () => {
      for (const step of this.steps.reverse()) {
        await step().catch((error: unknown) => {
          clean = false;
          this.logger.error({ err: error }, 'did not stop cleanly');
        });
      }
    })();
    await this.closing;
    return clean;
  }
}
