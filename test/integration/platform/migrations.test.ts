import { readdir } from 'node:fs/promises';
import { MIGRATIONS } from '../../../migrations/index.js';
import { createMigrationSource, runMigrations } from '../../../src/platform/database/migrate.js';
import { cloneDatabase } from '../../setup/database.js';

const SCHEMA = `
  SELECT 'column' AS kind, table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(' ' || column_default, '') AS what
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations'
  UNION ALL SELECT 'constraint', conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'migrations'
  UNION ALL SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations'
  UNION ALL SELECT 'trigger', pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'view', viewname || definition FROM pg_views WHERE schemaname = 'public'
  ORDER BY 1, 2`;

test('every migration goes down and up again to the same schema', async () => {
  const database = await cloneDatabase();
  const source = createMigrationSource(database.url);
  await source.initialize();
  try {
    const schema = async () => source.query<unknown[]>(SCHEMA);
    const before = await schema();
    // The reference data stands in the template: down must work on a database in use.
    for (const _migration of source.migrations) await source.undoLastMigration();
    expect(await schema()).toEqual([]);
    expect(await source.runMigrations()).toHaveLength(source.migrations.length);
    expect(await schema()).toEqual(before);
  } finally {
    await source.destroy();
    await database.drop();
  }
});

test('two processes that migrate at once do not trip each other', async () => {
  const database = await cloneDatabase();
  const source = createMigrationSource(database.url);
  await source.initialize();
  try {
    for (const _migration of source.migrations) await source.undoLastMigration();
    const applied = await Promise.all([runMigrations(database.url), runMigrations(database.url)]);
    expect(applied.flat()).toHaveLength(source.migrations.length);
  } finally {
    await source.destroy();
    await database.drop();
  }
});

test('every migration file is in the list, oldest first', async () => {
  const files = (await readdir(new URL('../../../migrations/', import.meta.url))).filter((name) => name !== 'index.ts').sort();
  const listed = MIGRATIONS.map(({ name }) => /^(.*?)(\d+)$/.exec(name)?.slice(1) ?? []);
  const named = listed.map(([words = '', stamp = '']) => `${stamp}${words.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`);
  expect(named).toEqual(files);
});
