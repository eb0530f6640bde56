import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { WrongEnvironment, type Environment } from './config/environment.js';
import { clearUnfinishedDemo, loadDemo, type Demo } from './demo/demo.js';
import { openInstallation } from './installation.js';
import { SystemClock, type Clock } from './kernel/clock.js';
import { loadReference } from './modules/territory/index.js';
import { createDataSource } from './platform/database/data-source.js';
import { runMigrations } from './platform/database/migrate.js';
import { createHttpApp } from './platform/http/http-app.js';
import { serveDocs } from './platform/http/openapi.js';
import { createLogger, nestLogger, type Logger } from './platform/observability/logger.js';
import { Shutdown } from './shutdown.js';

/** What the processes of one installation share: settings, database, clock, log. */
export interface Ground {
  readonly environment: Environment;
  readonly databaseUrl: string;
  readonly source: DataSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Connects to a migrated database. */
export async function prepareGround(environment: Environment, databaseUrl: string, clock: Clock = new SystemClock()): Promise<Ground> {
  const source = createDataSource(databaseUrl, environment.databasePoolSize);
  await source.initialize();
  return { environment, databaseUrl, source, clock, logger: createLogger(environment.logLevel) };
}

/** The API over the ground; with `works`, it also does the work of the queue. Not listening yet. */
export function createApi(ground: Ground, works: boolean): Promise<NestFastifyApplication> {
  const { environment, logger } = ground;
  const { rateLimitPerMinute, trustProxy } = environment;
  return createHttpApp(AppModule.with({ ...ground, works }), { logger, rateLimitPerMinute, trustProxy });
}

/** `npm start`: the API on real services when they are named, else on its own PostgreSQL, queue and mail box, with the demo year. */
export function startApi(environment: Environment): Promise<void> {
  return starting(environment, async (shutdown, logger) => {
    const installation = await openInstallation(environment, (line) => logger.debug(line));
    shutdown.add(() => installation.stop());
    const { databaseUrl } = installation;
    if (environment.embedded) await clearUnfinishedDemo(databaseUrl);
    await runMigrations(databaseUrl);
    await loadReference(databaseUrl);
    const app = await createApi(await prepareGround(environment, databaseUrl), environment.embedded);
    shutdown.add(() => app.close());
    serveDocs(app);
    // Where people are served only: a worker would carry it for nothing.
    const { serveQueueBoard } = await import('./platform/queue-board/queue-board.js');
    serveQueueBoard(app, logger);
    await app.init();
    const demo = environment.embedded ? await loadDemo(app, environment) : null;
    await app.listen({ port: environment.port, host: environment.host });
    say(environment, await app.getUrl(), demo);
  });
}

/** `npm run start:worker`: the same modules and the queue, no listener. Needs real services: in embedded mode the API works by itself. */
export function startWorker(environment: Environment): Promise<void> {
  const { databaseUrl } = environment;
  if (databaseUrl === undefined) throw new WrongEnvironment('DATABASE_URL : obligatoire pour un worker à part.');
  return starting(environment, async (shutdown, logger) => {
    const ground = await prepareGround(environment, databaseUrl);
    const module = AppModule.with({ ...ground, works: true });
    const worker = await NestFactory.createApplicationContext(module, { logger: nestLogger(logger), abortOnError: false });
    shutdown.add(() => worker.close());
    logger.info('worker ready');
  });
}

/** Starts, and closes what was opened when the start fails or a signal asks to stop, however early. */
async function starting(environment: Environment, start: (shutdown: Shutdown, logger: Logger) => Promise<void>): Promise<void> {
  const logger = createLogger(environment.logLevel);
  const shutdown = new Shutdown(logger);
  shutdown.onSignals();
  try {
    await start(shutdown, logger);
  } catch (error) {
    await shutdown.close();
    throw error;
  }
}

function say(environment: Environment, url: string, demo: Demo | null): void {
  print(`Bièvre écoute sur ${url}`);
  print(`  API : ${url}/docs   contrat : ${url}/openapi.json   santé : ${url}/health/ready`);
  if (environment.embedded && environment.smtpUrl === undefined) print(`  courriels : ${url}/dev/mailbox`);
  if (!demo) return;
  print(`  comptes de démonstration, mot de passe « ${demo.password} » :`);
  for (const account of demo.accounts) print(`    ${account}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
