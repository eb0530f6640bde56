import type { Environment } from './config/environment.js';
import { startEmbeddedPostgres } from './platform/database/embedded-postgres.js';

export interface Installation {
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

/** The database of this installation: the one named by DATABASE_URL, else PostgreSQL started under the data folder. */
export async function openInstallation(environment: Environment, log: (line: string) => void = () => undefined): Promise<Installation> {
  if (environment.databaseUrl !== undefined) return { databaseUrl: environment.databaseUrl, stop: () => Promise.resolve() };
  const { url, stop } = await startEmbeddedPostgres({ dataDir: environment.dataDir, log });
  return { databaseUrl: url, stop };
}

/** Runs one command on the installation's database, then lets it go. */
export async function withDatabase<Result>(environment: Environment, command: (url: string) => Promise<Result>): Promise<Result> {
  const { databaseUrl, stop } = await openInstallation(environment);
  try {
    return await command(databaseUrl);
  } finally {
    await stop();
  }
}
