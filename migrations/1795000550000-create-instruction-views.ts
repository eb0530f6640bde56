import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What instruction reads of the modules below it. */
export class CreateInstructionViews1795000550000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A request outlives a withdrawn dossier: nobody expects its answer any more.
      CREATE VIEW complement_rows AS
        SELECT c.id, c.dossier_id, c.reason, c.items, c.due_on, c.requested_by, c.requested_at, c.answered_at, c.answered_by, c.answer, c.lapsed_at,
               r.name AS requested_by_name, a.name AS answered_by_name,
               CASE WHEN c.answered_at IS NOT NULL THEN 'answered' WHEN c.lapsed_at IS NOT NULL THEN 'lapsed'
                    WHEN d.state = 'to-complete' THEN 'open' ELSE 'dropped' END AS status
        FROM complement_requests c
        JOIN dossiers d ON d.id = c.dossier_id
        JOIN users r ON r.id = c.requested_by
        LEFT JOIN users a ON a.id = c.answered_by;

      -- A line of a draft is known to its organisation only.
      CREATE VIEW instructed_lines AS
        SELECT l.id AS funding_line_id, l.dossier_id FROM funding_lines l JOIN dossiers d ON d.id = l.dossier_id WHERE d.submitted_at IS NOT NULL;

      CREATE VIEW opinion_rows AS
        SELECT o.id, o.funding_line_id, l.dossier_id, o.author_id, u.name AS author_name, o.role, o.opinion, o.proposed_cents, o.reason, o.given_at,
               o.replaced_at
        FROM opinions o
        JOIN funding_lines l ON l.id = o.funding_line_id
        JOIN users u ON u.id = o.author_id;

      CREATE INDEX complement_requests_by_dossier ON complement_requests (dossier_id, id);
      CREATE INDEX opinions_by_line ON opinions (funding_line_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP INDEX opinions_by_line, complement_requests_by_dossier; DROP VIEW opinion_rows, instructed_lines, complement_rows`,
    );
  }
}
