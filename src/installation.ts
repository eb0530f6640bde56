import type { Environment } from './config/environment.js';
import { findEmbeddedPostgres, startEmbeddedPostgres } from './platform/database/embedded-postgres.js';

export interface Installation {
  readonly databaseUrl: string;
  readonly stop: () => Promise<void>;
}

/** The database of this installation: the one named by DATABASE_URL, else PostgreSQL started under the data folder. */
export async function openInstallation(environment: Environment, log: (line: string) => void = () => undefined): Promise<Installation> {
  if (environment.databaseUrl !== undefined) return { databaseUrl: environment.databaseUrl, stop: () => Promise.resolve() };
  const server = await startEmbeddedPostgres({ dataDir: environment.dataDir, log });
  return { databaseUrl: server.url, stop: () => server.stop() };
}

/** Runs one command on the installation's database: the one a running `npm start` keeps, else one started for the command alone. */
export async function withDatabase<Result>(environment: Environment, command: (url: string) => Promise<Result>): Promise<Result> {
  const running = environment.databaseUrl === undefined ? await findEmbeddedPostgres(environment.dataDir) : undefined;
  if (running) return command(running.url);
  const { databaseUrl, stop } = await openInstallation(environment);
  try {
    return await command(databaseUrl);
  } finally {
    await stop();
  }
}
