import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { WrongMediaType } from '../files/file.errors.js';

/** The routes whose body is a mail as it was received: everywhere else it is refused. */
const ROUTES: readonly string[] = ['/v1/mail-bounces'];

class NotHere extends Error {
  readonly statusCode = 415;
}

/** Reads the body of those routes as bytes, under the limit of every body. */
export function acceptMail(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('message/rfc822', { parseAs: 'buffer' }, (request, body, done) => {
    if (ROUTES.includes(request.routeOptions.url ?? '')) done(null, body);
    else done(new NotHere());
  });
}

/** The bytes of a mail. @throws WrongMediaType */
export const MailContent = createParamDecorator((_data: unknown, context: ExecutionContext): Buffer => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!Buffer.isBuffer(body)) throw new WrongMediaType({ mediaTypes: ['message/rfc822'] });
  return body;
});
