import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Shot {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly token: string;
  /** The version decided on, for If-Match. */
  readonly version?: number;
  readonly body?: object;
}

/** The request as it goes over the wire, written before the clock starts. */
export function written({ method, path, token, version, body }: Shot): string {
  const json = body === undefined ? '' : JSON.stringify(body);
  return [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    `authorization: Bearer ${token}`,
    ...(version === undefined ? [] : [`if-match: "${version}"`]),
    ...(method === 'GET' ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(json)}`]),
    '',
    json,
  ].join('\r\n');
}

/**
 * One kept connection, one request at a time. Written by hand to cost as little as possible: the client shares the machine with the servers,
 * and a costly one would make any two of them look alike.
 */
export class Connection {
  private received: Buffer = Buffer.alloc(0);
  private waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
      this.read();
    });
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('the server closed the connection')));
  }

  static async to(port: number): Promise<Connection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Connection(socket);
  }

  send(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  private read(): void {
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.received.toString('latin1', 0, end);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined) throw new Error(`an answer without its length: ${head}`);
    const total = end + 4 + Number(length);
    if (this.received.length < total) return;
    const answer = { status: Number(head.slice(9, 12)), body: this.received.toString('utf8', end + 4, total) };
    this.received = this.received.subarray(total);
    const { waiting } = this;
    this.waiting = null;
    waiting?.resolve(answer);
  }

  close(): void {
    this.socket.removeAllListeners('close').destroy();
  }
}

export const connections = (amount: number, port: number): Promise<Connection[]> =>
  Promise.all(Array.from({ length: amount }, () => Connection.to(port)));

export function closeAll(open: readonly Connection[]): void {
  for (const each of open) each.close();
}
