import { DataSource, type MigrationInterface } from 'typeorm';
import { pgTypes } from './pg-types.js';

/** A data source on `url`; not connected yet. Nothing is ever synchronised: the schema comes from the migrations, which only who migrates loads. */
export function createDataSource(url: string, poolSize: number, migrations: (new () => MigrationInterface)[] = []): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    entities: [],
    migrations,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    synchronize: false,
    logging: false,
    connectTimeoutMS: 3000,
    // pipeline: statements that do not wait for each other's answers leave together.
    extra: { pipeline: true, types: pgTypes, idleTimeoutMillis: 30_000, statement_timeout: 30_000, application_name: 'bievre' },
  });
}
