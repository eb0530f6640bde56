import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is told of a complement that did not come in time. */
export class NotifyLapsedComplements1795008000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Of dossiers that still await a decision: of one that was withdrawn or judged since, there is nothing left to say.
      CREATE VIEW notified_lapsed_complements AS
        SELECT r.id, d.id AS dossier_id, d.number AS dossier_number, d.title AS dossier_title, d.organisation_name, r.reason, r.due_on,
               d.implicit_rejection_on
        FROM complement_requests r JOIN notified_dossiers d ON d.id = r.dossier_id
        WHERE r.lapsed_at IS NOT NULL AND d.state IN ('submitted', 'to-complete') AND d.implicit_rejection_on IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW notified_lapsed_complements');
  }
}
