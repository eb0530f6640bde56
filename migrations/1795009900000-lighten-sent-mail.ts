import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A mail that was sent changes its state only: as no index tells of it any more, and a page keeps room, the row is written again where it is (HOT)
 * instead of in nine indexes. What was cancelled before it was put in a mail stays in the index of what waits: that is rare.
 */
export class LightenSentMail1795009900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX deliveries_waiting;
      CREATE INDEX deliveries_waiting ON deliveries (due_at) WHERE mail_id IS NULL;
      ALTER TABLE deliveries SET (fillfactor = 75);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE deliveries RESET (fillfactor);
      DROP INDEX deliveries_waiting;
      CREATE INDEX deliveries_waiting ON deliveries (due_at) WHERE mail_id IS NULL AND state = 'queued';
    `);
  }
}
