import { createParamDecorator, HttpException, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The routes whose body is a table of values: everywhere else it is refused. */
const ROUTES: readonly string[] = ['/v1/decision-imports'];

class NotHere extends Error {
  readonly statusCode = 415;
}

/** Reads the body of those routes as bytes, under the limit of every body. */
export function acceptCsv(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (request, body, done) => {
    if (ROUTES.includes(request.routeOptions.url ?? '')) done(null, body);
    else done(new NotHere());
  });
}

/** The bytes of a CSV body. @throws HttpException (415) when something else was sent */
export const CsvContent = createParamDecorator((_data: unknown, context: ExecutionContext): Buffer => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!Buffer.isBuffer(body)) throw new HttpException('text/csv', 415);
  return body;
});
