import type { EventEmitter } from 'node:events';
import pg from 'pg';
import { WORST_MOMENT } from './killer.js';

/**
 * Has the database say when an act commits, by a trigger of the test's own: it is done and nobody was told yet. `pulse` says the address that was
 * asked for it under that key.
 */
export async function watchCommits(
  databaseUrl: string,
  askedOf: ReadonlyMap<string, string>,
  pulse: EventEmitter,
): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'faults' });
  await client.connect();
  client.on('notification', ({ payload = '' }) => pulse.emit(WORST_MOMENT.api, askedOf.get(payload)));
  await client.query(`
    CREATE FUNCTION say_committed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('committed', NEW.key);
      RETURN NULL;
    END $$;
    CREATE TRIGGER keys_say_committed AFTER INSERT ON idempotency_keys FOR EACH ROW EXECUTE FUNCTION say_committed();
    LISTEN committed;
  `);
  return () => client.end();
}
