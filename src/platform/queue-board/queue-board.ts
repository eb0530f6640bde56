import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { ServiceUnavailableException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Queue } from 'bullmq';
import type { FastifyInstance } from 'fastify';
import { ProblemFilter } from '../http/problem.filter.js';
import type { Logger } from '../observability/logger.js';
import { JobRegistry, QueueBackend, QueueUnavailable, type QueueName } from '../queue/index.js';
import { BOARD_PATH, BoardPass } from './board-pass.js';

/** The page brings its own scripts; what it wants from elsewhere (fonts) it does without. */
const POLICY =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'self'; form-action 'none'";

/**
 * Bull Board, for reading: what waits, runs and failed in the store. Acting is on the events, of which the store is only a copy: that is what the
 * dead letters of the API are for. Nobody gets past the door without a pass, in any mode.
 */
export function serveQueueBoard(app: NestFastifyApplication, logger: Logger): void {
  const [backend, registry, pass] = [app.get(QueueBackend), app.get(JobRegistry), app.get(BoardPass, { strict: false })];
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const filter = new ProblemFilter(logger);
  const server = new FastifyAdapter();
  server.setBasePath(BOARD_PATH);
  const board = createBullBoard({
    queues: [],
    serverAdapter: server,
    options: { uiConfig: { boardTitle: 'Bièvre', hideRedisDetails: true } },
  });
  const shown = new Set<QueueName>();
  const show = async (name: QueueName): Promise<void> => {
    if (shown.has(name)) return;
    const adapter = await backend.on(name, (queue) =>
      Promise.resolve(new BullMQAdapter(queue as unknown as Queue, { readOnlyMode: true })),
    );
    if (shown.has(name)) return;
    shown.add(name);
    board.addQueue(adapter);
  };
  void fastify.register(
    (scope, _options, done) => {
      scope.addHook('onRequest', async (request, reply) => {
        try {
          await pass.check(request);
          if (request.method !== 'GET' && request.method !== 'HEAD') return await reply.status(405).header('allow', 'GET, HEAD').send();
          void reply.header('content-security-policy', POLICY);
          for (const name of registry.queues()) await show(name);
          return undefined;
        } catch (error) {
          filter.answer(error instanceof QueueUnavailable ? new ServiceUnavailableException() : error, request, reply);
          return reply;
        }
      });
      void scope.register(server.registerPlugin());
      done();
    },
    { prefix: BOARD_PATH },
  );
}
