import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Query } from '../../src/platform/database/query.js';
import { waitFor } from './wait-for.js';

/**
 * Keeps a copy of what the migrations and the reference data put in tables, then `test_reset()` gives that back: the other tables are emptied, those are
 * written again when something of them changed, sequences restart. As a replica does it: without triggers, nor a look at foreign keys.
 */
const PREPARE = [
  'CREATE SCHEMA test_kept',
  `DO $$
   DECLARE
     name text;
     filled boolean;
   BEGIN
     FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
       EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
       IF filled THEN EXECUTE format('CREATE TABLE test_kept.%I AS TABLE public.%I', name, name); END IF;
     END LOOP;
     EXECUTE format('CREATE FUNCTION test_kept.since() RETURNS bigint LANGUAGE sql AS $since$ SELECT %s::bigint $since$', pg_current_xact_id());
   END $$`,
  `CREATE FUNCTION test_reset() RETURNS void LANGUAGE plpgsql AS $$
   DECLARE
     name text;
     is_kept boolean;
     changed boolean;
   BEGIN
     PERFORM set_config('session_replication_role', 'replica', true);
     FOR name, is_kept IN
       SELECT relname, to_regclass(format('test_kept.%I', relname)) IS NOT NULL
       FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
     LOOP
       changed := true;
       IF is_kept THEN
         EXECUTE format(
           'SELECT EXISTS (SELECT FROM public.%I WHERE xmin::text::bigint > test_kept.since())
              OR (SELECT count(*) FROM public.%I) <> (SELECT count(*) FROM test_kept.%I)', name, name, name) INTO changed;
       END IF;
       IF changed THEN EXECUTE format('DELETE FROM public.%I', name); END IF;
       IF changed AND is_kept THEN EXECUTE format('INSERT INTO public.%I SELECT * FROM test_kept.%I', name, name); END IF;
     END LOOP;
     PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
     FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
   END $$`,
];

/** Gives a database back what it held at the first call, once nobody works on its events. */
export async function resetDatabase(query: Query): Promise<void> {
  const [row] = await query<{ prepared: boolean }>(`SELECT to_regproc('test_reset') IS NOT NULL AS prepared`);
  if (row?.prepared !== true) {
    for (const sql of PREPARE) await query(sql);
    return;
  }
  await waitFor('the events in hand', async () => {
    const [held] = await query<{ count: number }>('SELECT count(*)::int AS count FROM outbox WHERE held_until > now()');
    return held?.count === 0;
  });
  await query('SELECT test_reset()');
}

/** Folders stay: what writes in them made them at its start. */
export function emptyFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isDirectory()) rmSync(join(entry.parentPath, entry.name), { force: true });
  }
}
