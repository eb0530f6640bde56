import { fileURLToPath } from 'node:url';
import { DataSource } from 'typeorm';
import { pgTypes } from './pg-types.js';

/** Migrations stand beside `src` at the top level, compiled or not. */
const MIGRATIONS = fileURLToPath(new URL('../../../migrations/*-*.{js,ts}', import.meta.url));

/** A data source on `url`; not connected yet. Nothing is ever synchronised: the schema comes from the migrations. */
export function createDataSource(url: string, poolSize: number): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    entities: [],
    migrations: [MIGRATIONS],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    synchronize: false,
    logging: false,
    connectTimeoutMS: 3000,
    extra: { types: pgTypes, idleTimeoutMillis: 30_000, statement_timeout: 30_000, application_name: 'bievre' },
  });
}
