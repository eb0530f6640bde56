import { StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';

/** Bytes that may wait for a reader who is slow or gone before the stream is given up: they come back and catch up. */
const MOST_WAITING = 256 * 1024;
/** Milliseconds after which a client that was cut comes back. */
const COME_BACK_MS = 3_000;

/** One answer of server-sent events (text/event-stream), written as things happen. */
export class EventStream {
  private readonly readable = new Readable({ read: () => undefined });

  constructor() {
    this.readable.on('error', () => undefined);
    this.write(`retry: ${COME_BACK_MS}\n\n`);
  }

  /** The answer that a controller returns. */
  answer(): StreamableFile {
    const file = new StreamableFile(this.readable, { type: 'text/event-stream; charset=utf-8' });
    return file;
  }

  /** `data` is written as JSON; `id` is what the client gives back as Last-Event-ID. */
  event(name: string, data: object, id?: string): void {
    this.write(`event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
  }

  /** Keeps proxies from cutting a stream that has nothing to say. */
  beat(): void {
    this.write(':\n\n');
  }

  end(): void {
    if (!this.readable.destroyed && !this.readable.readableEnded) this.readable.push(null);
  }

  /** Once, when either side has closed it. */
  onClose(closed: () => void): void {
    this.readable.once('close', closed);
  }

  private write(text: string): void {
    if (this.readable.destroyed || this.readable.readableEnded) return;
    if (this.readable.readableLength > MOST_WAITING) this.readable.destroy();
    else this.readable.push(text);
  }
}
