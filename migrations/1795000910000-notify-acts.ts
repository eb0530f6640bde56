import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The message that goes with a notified act. */
export class NotifyActs1795000910000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE deliveries DROP CONSTRAINT deliveries_object_type_check;
      ALTER TABLE deliveries ADD CONSTRAINT deliveries_object_type_check CHECK (object_type IN ('user', 'membership', 'dossier', 'call', 'act'));

      -- Nothing here before the notification, whoever asks.
      CREATE VIEW notified_acts AS
        SELECT a.id, a.kind, a.number, a.state, a.year, a.amount_cents, a.signed_on, a.notified_on, a.organisation_id, o.name AS organisation_name,
               f.name AS funder_name
        FROM acts a JOIN organisations o ON o.id = a.organisation_id JOIN funders f ON f.id = a.funder_id
        WHERE a.state = 'notified';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW notified_acts;
      DELETE FROM deliveries WHERE object_type = 'act';
      ALTER TABLE deliveries DROP CONSTRAINT deliveries_object_type_check;
      ALTER TABLE deliveries ADD CONSTRAINT deliveries_object_type_check CHECK (object_type IN ('user', 'membership', 'dossier', 'call'));
    `);
  }
}
