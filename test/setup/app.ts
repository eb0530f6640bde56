import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { createApi, prepareGround, type Ground } from '../../src/boot.js';
import { readEnvironment } from '../../src/config/environment.js';
import { Clock } from '../../src/kernel/clock.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { Query } from '../../src/platform/database/query.js';
import { cloneDatabase } from './database.js';
import { emptyFolders, resetDatabase } from './reset.js';

/** A clock that tests move by hand. It runs from where it is set. */
export class TestClock extends Clock {
  private offset = 0;

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  set(instant: string | Date): void {
    this.offset = new Date(instant).getTime() - Date.now();
  }

  /** Stops at one instant exactly, for deadlines to the millisecond. */
  freeze(instant: string | Date): void {
    const frozen = new Date(instant);
    this.now = () => new Date(frozen);
  }

  /** Back to the machine's own. */
  release(): void {
    Reflect.deleteProperty(this, 'now');
    this.offset = 0;
  }
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly ground: Ground;
  readonly clock: TestClock;
  readonly query: Query;
  readonly http: ReturnType<typeof supertest>;
  /** Data, files and clock as at the first call, which comes before there are any. Costs far less than another application, and than its connections. */
  reset(): Promise<void>;
  /** Closes the application and drops its database; fails when a connection leaked. */
  close(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const CLEAR_MS = 30_000;

/** Many clocks tick by themselves as an hour begins: what a test counts would then be done already, on the day to which it has moved. */
async function clearOfTheHour(): Promise<void> {
  const left = HOUR_MS - (Date.now() % HOUR_MS);
  if (left < CLEAR_MS) await wait(left + 1_000);
}

/** The real application on a database of its own, cloned from the migrated template. `works`: with relay and queue workers too; `wire`: reached by another way. */
export async function startApp(
  options: { works?: boolean; env?: Record<string, string>; wire?: (url: string) => Promise<string> } = {},
): Promise<TestApp> {
  if (options.works === true) await clearOfTheHour();
  const database = await cloneDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'bievre-test-'));
  const environment = readEnvironment({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '10',
    DATA_DIR: dataDir,
    PUBLIC_URL: 'http://bievre.test',
    LOG_LEVEL: 'silent',
    RATE_LIMIT_PER_MINUTE: '1000000',
    MAIL_GROUPING_SECONDS: '0',
    ...options.env,
  });
  const clock = new TestClock();
  const url = options.wire ? await options.wire(database.url) : database.url;
  const ground = await prepareGround(environment, url, clock);
  const app = await createApi(ground, options.works ?? false);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  await app.listen({ port: 0, host: '127.0.0.1' });
  const query = app.get(UnitOfWork).read;
  return {
    app,
    ground,
    clock,
    query,
    reset: async () => {
      await resetDatabase(query);
      emptyFolders(dataDir);
      clock.release();
    },
    http: supertest(await app.getUrl()),
    close: async () => {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
      await database.drop();
    },
  };
}
