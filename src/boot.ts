import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { WrongEnvironment, type Environment } from './config/environment.js';
import { SystemClock, type Clock } from './kernel/clock.js';
import { connect } from './platform/database/connect.js';
import { createDataSource } from './platform/database/data-source.js';
import { createHttpApp } from './platform/http/http-app.js';
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

/** Connects to a migrated database. @throws DatabaseAway */
export async function prepareGround(environment: Environment, databaseUrl: string, clock: Clock = new SystemClock()): Promise<Ground> {
  const source = createDataSource(databaseUrl, environment.databasePoolSize);
  await connect(source);
  return { environment, databaseUrl, source, clock, logger: createLogger(environment.logLevel) };
}

/** The API over the ground; with `works`, it also does the work of the queue. Not listening yet. */
export function createApi(ground: Ground, works: boolean): Promise<NestFastifyApplication> {
  const { environment, logger } = ground;
  const { rateLimitPerMinute, trustProxy } = environment;
  return createHttpApp(AppModule.with({ ...ground, works }), { logger, rateLimitPerMinute, trustProxy });
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
export async function starting(environment: Environment, start: (shutdown: Shutdown, logger: Logger) => Promise<void>): Promise<void> {
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
