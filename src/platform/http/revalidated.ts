import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface RevalidatedFile {
  readonly type: string;
  readonly content: Buffer;
  readonly etag: string;
  /** For its reader alone: no proxy keeps it. */
  readonly maxAgeSeconds: number;
}

/** The file, or 304 without it when the caller has it already (If-None-Match, compared weakly: RFC 9110, 13.1.2). */
export function revalidated(request: FastifyRequest, reply: FastifyReply, file: RevalidatedFile): StreamableFile | undefined {
  const { type, content, etag, maxAgeSeconds } = file;
  void reply.header('etag', etag).header('cache-control', `private, max-age=${maxAgeSeconds}`);
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => opaque(one.trim()));
  if (known.includes('*') || known.includes(opaque(etag))) {
    void reply.status(304);
    return undefined;
  }
  return new StreamableFile(content, { type, length: content.length });
}

const opaque = (etag: string): string => etag.replace(/^W\//, '');
