import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import type { Environment } from './config/environment.js';
import { SystemClock, type Clock } from './kernel/clock.js';
import { createDataSource } from './platform/database/data-source.js';
import { runMigrations } from './platform/database/migrate.js';
import { createHttpApp } from './platform/http/http-app.js';
import { createLogger, type Logger } from './platform/observability/logger.js';

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

/** The API over the ground; with `works`, it also does the work of the queue. */
export function createApi(ground: Ground, works: boolean): Promise<NestFastifyApplication> {
  const { environment, logger } = ground;
  const { rateLimitPerMinute, trustProxy } = environment;
  return createHttpApp(AppModule.with({ ...ground, works }), { logger, rateLimitPerMinute, trustProxy });
}

/** `npm start`: the API on real services when they are named, else on its own PostgreSQL, queue and mail box. */
export async function startApi(environment: Environment): Promise<void> {
  const databaseUrl = environment.databaseUrl ?? '';
  await runMigrations(databaseUrl);
  const app = await createApi(await prepareGround(environment, databaseUrl), environment.embedded);
  app.enableShutdownHooks();
  await app.listen({ port: environment.port, host: environment.host });
}
