import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { WrongEnvironment, type Environment } from './config/environment.js';
import { openInstallation } from './installation.js';
import { SystemClock, type Clock } from './kernel/clock.js';
import { createDataSource } from './platform/database/data-source.js';
import { runMigrations } from './platform/database/migrate.js';
import { createHttpApp } from './platform/http/http-app.js';
import { serveDocs } from './platform/http/openapi.js';
import { createLogger, nestLogger, type Logger } from './platform/observability/logger.js';

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
export async function startApi(environment: Environment): Promise<void> {
  const logger = createLogger(environment.logLevel);
  const installation = await openInstallation(environment, (line) => logger.debug(line));
  const { databaseUrl } = installation;
  await runMigrations(databaseUrl);
  const app = await createApi(await prepareGround(environment, databaseUrl), environment.embedded);
  serveDocs(app);
  await app.listen({ port: environment.port, host: environment.host });
  say(environment, await app.getUrl());
  stopOnSignal(async () => {
    await app.close();
    await installation.stop();
  }, logger);
}

/** `npm run start:worker`: the same modules and the queue, no listener. Needs real services: in embedded mode the API works by itself. */
export async function startWorker(environment: Environment): Promise<void> {
  if (environment.databaseUrl === undefined) throw new WrongEnvironment('DATABASE_URL : obligatoire pour un worker à part.');
  const ground = await prepareGround(environment, environment.databaseUrl);
  const worker = await NestFactory.createApplicationContext(AppModule.with({ ...ground, works: true }), {
    logger: nestLogger(ground.logger),
    abortOnError: false,
  });
  ground.logger.info('worker ready');
  stopOnSignal(() => worker.close(), ground.logger);
}

function say(environment: Environment, url: string): void {
  console.log(`Bièvre écoute sur ${url}`);
  console.log(`  API : ${url}/docs   contrat : ${url}/openapi.json   santé : ${url}/health/ready`);
  if (environment.embedded && environment.smtpUrl === undefined) console.log(`  courriels : ${url}/dev/mailbox`);
}

/** The first signal lets what started finish; a second one leaves at once. */
function stopOnSignal(stop: () => Promise<void>, logger: Logger): void {
  let stopping = false;
  const onSignal = (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info({ signal }, 'stopping: finishing what has started');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
