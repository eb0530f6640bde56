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

      -- From where a dossier is instructed: the places of its actions. A city that is only asked for money sees it, as a funder.
      CREATE VIEW instructed_places AS
        SELECT DISTINCT a.dossier_id, t.kind, t.code
        FROM actions a JOIN action_territories t ON t.action_id = a.id WHERE a.removed_at IS NULL;

      -- A line of a draft is known to its organisation only. Its QPV are those that its action targets, its communes those of the whole dossier.
      CREATE VIEW instructed_lines AS
        SELECT l.id AS funding_line_id, l.dossier_id, l.organisation_id,
               ARRAY(SELECT t.code FROM action_territories t WHERE t.action_id = l.action_id AND t.kind = 'qpv') AS qpv,
               ARRAY(SELECT p.code FROM instructed_places p WHERE p.dossier_id = l.dossier_id AND p.kind = 'commune') AS communes
        FROM funding_lines l JOIN dossiers d ON d.id = l.dossier_id WHERE d.submitted_at IS NOT NULL;

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
      `DROP INDEX opinions_by_line, complement_requests_by_dossier; DROP VIEW opinion_rows, instructed_lines, instructed_places, complement_rows`,
    );
  }
}
