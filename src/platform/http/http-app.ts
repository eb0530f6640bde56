import helmet from '@fastify/helmet';
import type { DynamicModule, Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '../../kernel/id.js';
import { Clock } from '../../kernel/clock.js';
import { nestLogger, type Logger } from '../observability/logger.js';
import { Metrics } from '../observability/metrics.js';
import { requestContext, type RequestContext } from '../request-context.js';
import { acceptCsv } from './csv-content.js';
import { declaredOperations } from './declared-operations.js';
import { acceptMail } from './mail-content.js';
import { ProblemFilter } from './problem.filter.js';
import { acceptUploads } from './raw-content.js';
import { RateLimiter, rateLimitHeaders } from './rate-limit.js';
import { validationPipe } from './validation.js';

export interface HttpSettings {
  readonly logger: Logger;
  readonly rateLimitPerMinute: number;
  readonly trustProxy: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    bievre?: RequestContext;
  }
}

const DOCS_POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'";
const BODY_LIMIT = 1024 * 1024;

/** The HTTP application over `module`: same hooks, same errors, same checks everywhere it runs. Not listening yet. */
export async function createHttpApp(module: Type | DynamicModule, settings: HttpSettings): Promise<NestFastifyApplication> {
  const { logger, rateLimitPerMinute, trustProxy } = settings;
  const filter = new ProblemFilter(logger);
  const adapter = new FastifyAdapter({
    // An address that cannot even be decoded never reaches Nest.
    frameworkErrors: (error: unknown, request: unknown, reply: unknown) => {
      filter.answer(error, request as FastifyRequest, reply as FastifyReply);
    },
    bodyLimit: BODY_LIMIT,
    trustProxy,
    routerOptions: { maxParamLength: 200 },
    genReqId: () => newId(),
    forceCloseConnections: 'idle',
    connectionTimeout: 30_000,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: nestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  // JSON alone writes here, but for files: a form or a text is 415.
  fastify.removeContentTypeParser('text/plain');
  acceptCsv(fastify);
  acceptMail(fastify);
  acceptUploads(fastify);
  await fastify.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } } });
  addHooks(fastify, app, new RateLimiter(rateLimitPerMinute), filter);
  app.useGlobalFilters(filter);
  app.useGlobalPipes(validationPipe());
  declaredOperations(app.get(DiscoveryService, { strict: false }), app.get(MetadataScanner, { strict: false }));
  return app;
}

function addHooks(fastify: FastifyInstance, app: NestFastifyApplication, limiter: RateLimiter, filter: ProblemFilter): void {
  const clock = app.get(Clock, { strict: false });
  const metrics = app.get(Metrics, { strict: false });

  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    request.bievre = { requestId: request.id, receivedAt: clock.now(), authorized: new Set(), replayed: false };
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    if (request.url.startsWith('/health/') || request.url === '/metrics') {
      done();
      return;
    }
    try {
      void reply.headers(rateLimitHeaders(limiter.take(callerOf(request), Date.now())));
      done();
    } catch (error) {
      filter.answer(error, request, reply);
    }
  });

  // After the body is read: reading it would lose the context.
  fastify.addHook('preValidation', (request: FastifyRequest, _reply: FastifyReply, done) => {
    if (request.bievre) requestContext.run(request.bievre, done);
    else done();
  });

  // The page that browses the document runs its own scripts; the API itself answers nothing a browser should run.
  fastify.addHook('onSend', (request: FastifyRequest, reply: FastifyReply, _payload, done) => {
    if (request.url.startsWith('/docs')) void reply.header('content-security-policy', DOCS_POLICY);
    done();
  });

  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    metrics.requests.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    done();
  });
}

/** Who a quota is counted for: the bearer of the token if any, else the address. */
function callerOf(request: FastifyRequest): string {
  const { authorization } = request.headers;
  return authorization === undefined ? `ip ${request.ip}` : `token ${authorization.slice(-43)}`;
}
