import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../migrations/index.js';
import { whileConnected } from './connect.js';
import { createDataSource } from './data-source.js';

/** One number for every process that migrates this database, so that replicas starting together queue up. */
const MIGRATION_LOCK = 1_147_294;

/** A data source that knows the migrations; not connected yet. */
export function createMigrationSource(url: string): DataSource {
  return createDataSource(url, 2, MIGRATIONS);
}

function withDataSource<T>(url: string, work: (source: DataSource) => Promise<T>): Promise<T> {
  return whileConnected(createMigrationSource(url), work);
}

/** Applies what is missing, one transaction a migration, one process at a time. Gives the names applied. */
export function runMigrations(url: string): Promise<readonly string[]> {
  return withDataSource(url, async (source) => {
    const lock = source.createQueryRunner();
    await lock.connect();
    try {
      await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      return (await source.runMigrations()).map((migration) => migration.name);
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await lock.release();
    }
  });
}

/** Takes the last migration back. */
export function revertMigration(url: string): Promise<void> {
  return withDataSource(url, (source) => source.undoLastMigration());
}

/** Every migration with whether it has been applied. */
export function showMigrations(url: string): Promise<readonly { name: string; applied: boolean }[]> {
  return withDataSource(url, async (source) => {
    const rows = await source.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id').catch(() => [] as { name: string }[]);
    const applied = new Set(rows.map((row) => row.name));
    return source.migrations.map((migration) => {
      const name = migration.name ?? migration.constructor.name;
      return { name, applied: applied.has(name) };
    });
  });
}
