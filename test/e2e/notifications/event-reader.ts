import type { TestApp } from '../../setup/app.js';
import { waitFor } from '../../setup/wait-for.js';

export interface ServerEvent {
  readonly name: string;
  readonly id: string | null;
  readonly data: Record<string, unknown>;
}

/** A screen that follows a stream of server-sent events. */
export class EventReader {
  readonly events: ServerEvent[] = [];
  beats = 0;
  ended = false;

  private constructor(
    readonly response: Response,
    private readonly aborting: AbortController,
  ) {}

  static async open(app: TestApp, token: string, lastEventId?: string): Promise<EventReader> {
    const aborting = new AbortController();
    const headers = { authorization: `Bearer ${token}`, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
    const url = `${await app.app.getUrl()}/v1/me/notifications/stream`;
    const reader = new EventReader(await fetch(url, { headers, signal: aborting.signal }), aborting);
    if (reader.response.status === 200) void reader.follow();
    return reader;
  }

  named(name: string): ServerEvent[] {
    return this.events.filter((event) => event.name === name);
  }

  /** The messages shown, once there are as many. */
  async messages(count: number): Promise<ServerEvent[]> {
    await waitFor(`${count} message(s) on the screen`, () => this.named('notification').length >= count);
    return this.named('notification');
  }

  close(): void {
    this.aborting.abort();
  }

  private async follow(): Promise<void> {
    let waiting = '';
    try {
      for await (const bytes of this.response.body ?? []) {
        waiting += Buffer.from(bytes).toString('utf8');
        const blocks = waiting.split('\n\n');
        waiting = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch {
      // Cut: as ended as ended.
    }
    this.ended = true;
  }

  private take(block: string): void {
    if (block === ':') this.beats++;
    const fields = Object.fromEntries(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const { event, id = null, data } = fields;
    if (event !== undefined && data !== undefined) {
      this.events.push({ name: event, id: id ?? null, data: JSON.parse(data) as Record<string, unknown> });
    }
  }
}
