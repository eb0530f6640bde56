import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One job may carry several events: what holds an event is the job, no longer the number of the offer. Whoever has an event in hand while this runs
 * keeps it: it is held by a job that has no name, until its time is up.
 */
export class HoldEventsByJob1795007900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE outbox DROP CONSTRAINT outbox_held_by_an_offer;
      ALTER TABLE outbox RENAME COLUMN held_offer TO held_by;
      ALTER TABLE outbox ALTER COLUMN held_by TYPE text USING held_by::text;
      ALTER TABLE outbox ADD CONSTRAINT outbox_held_by_a_job CHECK ((held_by IS NULL) = (held_until IS NULL));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE outbox DROP CONSTRAINT outbox_held_by_a_job;
      ALTER TABLE outbox RENAME COLUMN held_by TO held_offer;
      ALTER TABLE outbox ALTER COLUMN held_offer TYPE integer USING CASE WHEN held_offer IS NOT NULL THEN 0 END;
      ALTER TABLE outbox ADD CONSTRAINT outbox_held_by_an_offer CHECK ((held_offer IS NULL) = (held_until IS NULL));
    `);
  }
}
