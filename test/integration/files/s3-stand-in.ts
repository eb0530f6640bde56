import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Enough of S3 for four commands, in memory: what was asked of it is kept as it came. */
export class S3StandIn {
  readonly objects = new Map<string, { content: Buffer; at: Date }>();
  readonly asked: { method: string; path: string; signed: boolean }[] = [];
  /** How many of the next requests break off. */
  broken = 0;
  /** Objects a page of a listing. */
  pageSize = 1000;
  private readonly server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://s3');
    const { method = '' } = request;
    this.asked.push({ method, path: url.pathname, signed: /AWS4-HMAC-SHA256/.test(request.headers.authorization ?? '') });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.broken > 0) {
      this.broken--;
      response.writeHead(503).end();
      return;
    }
    const [, , ...rest] = url.pathname.split('/');
    const key = rest.join('/');
    if (method === 'PUT') {
      this.objects.set(key, { content: Buffer.concat(chunks), at: new Date() });
      response.writeHead(200, { etag: '"x"' }).end();
    } else if (method === 'DELETE') {
      this.objects.delete(key);
      response.writeHead(204).end();
    } else if (key !== '') {
      const found = this.objects.get(key);
      if (found) response.writeHead(200, { 'content-length': found.content.length }).end(found.content);
      else response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error><Code>NoSuchKey</Code></Error>');
    } else {
      response.writeHead(200, { 'content-type': 'application/xml' }).end(this.listing(url));
    }
  }

  private listing(url: URL): string {
    const from = Number(url.searchParams.get('continuation-token') ?? 0);
    const keys = [...this.objects.entries()].filter(([key]) => key.startsWith(url.searchParams.get('prefix') ?? ''));
    const page = keys.slice(from, from + this.pageSize);
    const more = from + this.pageSize < keys.length;
    const contents = page.map(([key, { at }]) => `<Contents><Key>${key}</Key><LastModified>${at.toISOString()}</LastModified></Contents>`);
    const next = more ? `<NextContinuationToken>${from + this.pageSize}</NextContinuationToken>` : '';
    return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${String(more)}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
  }
}
