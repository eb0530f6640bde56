import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { BievreError } from '../../kernel/errors.js';
import type { Page } from '../../kernel/page.js';
import { requestContext, type RequestContext } from '../request-context.js';
import { OPERATION, type DeclaredOperation } from './operation.js';
import { Cursors } from './paging.js';
import { refuseUnexpectedBody } from './unexpected-body.js';

class MalformedKey extends BievreError {
  constructor() {
    super('MALFORMED', 'Idempotency-Key est un texte de 1 à 200 caractères visibles.');
  }
}

/** What every operation shares around its one line: idempotency, pages, ETag, Location, and the proof that its permission was asked. */
@Injectable()
export class Pipeline implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly cursors: Cursors,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const declared = this.reflector.get<DeclaredOperation | undefined>(OPERATION, execution.getHandler());
    const context = requestContext.getStore();
    if (!declared || !context) return next.handle();
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    context.permission = declared.permission;
    if (!declared.consumes) refuseUnexpectedBody(execution.getClass(), execution.getHandler(), request.body);
    if (declared.idempotent) rememberKey(context, request);
    if (declared.kind === 'list') request.page = this.cursors.requestOf(pathOf(request), request.query as Record<string, unknown>);
    return next.handle().pipe(
      map((body: unknown) => {
        provePermission(declared, context);
        if (context.replayed) void reply.header('idempotent-replayed', 'true');
        if (declared.kind === 'list') return this.page(body as Page<unknown>, request, reply);
        describe(body, declared, request, reply);
        return body;
      }),
    );
  }

  private page(page: Page<unknown>, request: FastifyRequest, reply: FastifyReply): object {
    const query = request.query as Record<string, unknown>;
    const nextCursor = page.next ? this.cursors.encode(page.next, Cursors.fingerprint(pathOf(request), query)) : null;
    if (nextCursor !== null) {
      const parameters = new URLSearchParams({ ...(query as Record<string, string>), cursor: nextCursor });
      void reply.header('link', `<${pathOf(request)}?${parameters.toString()}>; rel="next"`);
    }
    const { total } = page;
    return { data: page.rows, page: { nextCursor, hasMore: nextCursor !== null, ...(total === undefined ? {} : { total }) } };
  }
}

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? request.url;

/** The key's scope is caller + operation; the path's ids belong to what must not change, with the body. */
function rememberKey(context: RequestContext, request: FastifyRequest): void {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) throw new MalformedKey();
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([request.url, request.body ?? null]))
    .digest();
  context.idempotency = { operation: `${request.method} ${request.routeOptions.url ?? ''}`, key, bodyHash, used: false };
}

/** An operation that declares a permission and never asked for it is a hole: it must not answer. */
function provePermission(declared: DeclaredOperation, context: RequestContext): void {
  const { permission } = declared;
  if (permission === 'public' || permission === 'signed-in' || context.replayed) return;
  if (!context.authorized.has(permission)) throw new Error(`The operation declares « ${permission} » and never asked for it.`);
}

function describe(body: unknown, declared: DeclaredOperation, request: FastifyRequest, reply: FastifyReply): void {
  if (typeof body !== 'object' || body === null) return;
  const { version, id } = body as { version?: unknown; id?: unknown };
  if (typeof version === 'number') void reply.header('etag', `"${version}"`);
  if (declared.status === 202 && typeof id === 'string') void reply.header('location', `/v1/operations/${id}`);
  if (declared.kind === 'create' && typeof id === 'string' && !reply.hasHeader('location')) {
    void reply.header('location', `/v1/${pathOf(request).split('/').at(-1) ?? ''}/${id}`);
  }
}
