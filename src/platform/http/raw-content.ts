import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';

/** A body taken as it comes: a file, not JSON. */
export interface ReceivedContent {
  /** Of Content-Type, in lower case and without its parameters; empty when there is none. */
  readonly mediaType: string;
  readonly declaredBytes: number | null;
  readonly content: Readable;
}

/** The one route whose body is a file: everywhere else only JSON is read. */
const UPLOADS = '/v1/files';

class NotJson extends Error {
  readonly statusCode = 415;
}

/** Lets the body of an upload through unread, whatever it says it is: its rules come later, once it is known who sends it. */
export function acceptUploads(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('*', (request: FastifyRequest, payload: Readable, done: (error: Error | null, body?: unknown) => void) => {
    if (request.routeOptions.url === UPLOADS) done(null, payload);
    else done(new NotJson());
  });
}

/** The body as a stream. JSON was read already: it is no file, and comes empty. */
export const RawContent = createParamDecorator((_data: unknown, context: ExecutionContext): ReceivedContent => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { 'content-type': type = '', 'content-length': length } = request.headers;
  return {
    mediaType: (type.split(';')[0] ?? '').trim().toLowerCase(),
    declaredBytes: length === undefined ? null : Number(length),
    content: request.body instanceof Readable ? request.body : Readable.from([]),
  };
});
