import type { MigrationInterface, QueryRunner } from 'typeorm';

/** PostgreSQL itself ends the transaction of a job whose events are in other hands, so that its statements need not wait to hear that they are not. */
export class RefuseLateJobs1795010000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION hold_events(ids uuid[], handlings integer[]) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        held integer;
      BEGIN
        PERFORM FROM outbox o JOIN unnest(ids, handlings) AS e (id, tries) ON o.id = e.id AND o.tries = e.tries
          WHERE o.handled_at IS NULL AND o.dead_at IS NULL ORDER BY o.id FOR SHARE OF o;
        GET DIAGNOSTICS held = ROW_COUNT;
        IF held < cardinality(ids) THEN
          RAISE EXCEPTION 'events are in other hands' USING ERRCODE = 'check_violation', CONSTRAINT = 'outbox_in_hand', TABLE = 'outbox';
        END IF;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION hold_events(uuid[], integer[])');
  }
}
