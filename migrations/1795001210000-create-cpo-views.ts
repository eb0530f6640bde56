import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What agreements read of the modules below them about a CPO. */
export class CreateCpoViews1795001210000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW cpo_rows AS
        SELECT c.*, a.title AS action_title, d.number AS dossier_number, o.name AS organisation_name, f.code AS funder_code, f.name AS funder_name,
               f.kind AS funder_kind, f.department_code, f.insee_code, f.code LIKE 'P147-%' AS is_programme_147,
               (SELECT sum(t.amount_cents)::bigint FROM cpo_tranches t WHERE t.cpo_id = c.id) AS total_cents
        FROM cpos c
        JOIN actions a ON a.id = c.action_id
        JOIN dossiers d ON d.id = c.dossier_id
        JOIN organisations o ON o.id = c.organisation_id
        JOIN funders f ON f.id = c.funder_id;

      -- A tranche with its line, and the report that opens it.
      CREATE VIEW cpo_tranche_rows AS
        SELECT t.cpo_id, t.rank, t.year, t.funding_line_id, t.amount_cents, t.confirmed_at, l.state AS line_state, l.version AS line_version,
               l.requested_cents, l.granted_cents, l.reserved_cents, l.committed_cents, l.envelope_id, r.accepted_at AS report_accepted_at
        FROM cpo_tranches t
        JOIN funding_lines l ON l.id = t.funding_line_id
        LEFT JOIN cpo_interim_reports r ON r.action_id = t.action_id AND r.year = t.year - 1;

      -- What a renewal copies of an action: its content, never what was decided on it.
      CREATE VIEW cpo_renewable_actions AS
        SELECT a.id AS action_id, a.title, a.objectives, a.description, a.orientation_code, a.starts_on, a.ends_on, a.pocket_id, a.content,
               ARRAY(SELECT o.objective_code FROM action_objectives o WHERE o.action_id = a.id ORDER BY 1) AS objective_codes,
               ARRAY(SELECT t.code FROM action_territories t WHERE t.action_id = a.id AND t.kind = 'qpv' AND t.chosen ORDER BY 1) AS qpv,
               ARRAY(SELECT t.code FROM action_territories t WHERE t.action_id = a.id AND t.kind = 'commune' AND t.chosen ORDER BY 1) AS communes
        FROM actions a;

      -- Every grant of a year, and whether a signed CPO holds it. One row a line; its départements are those of its action.
      CREATE VIEW cpo_share_lines AS
        SELECT l.id, l.year, l.funder_id, f.code LIKE 'P147-%' AS is_programme_147, l.granted_cents,
               EXISTS (SELECT FROM cpo_tranches t JOIN cpos c ON c.id = t.cpo_id WHERE t.funding_line_id = l.id AND c.signed_on IS NOT NULL) AS multi_year,
               ARRAY(SELECT p.code FROM action_territories p WHERE p.action_id = l.action_id AND p.kind = 'department'
                       AND (f.department_code IS NULL OR f.department_code = p.code)) AS departments
        FROM funding_lines l JOIN funders f ON f.id = l.funder_id
        WHERE l.granted_cents IS NOT NULL AND l.state NOT IN ('withdrawn', 'cancelled', 'set-aside', 'refused', 'refusal-announced');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW cpo_share_lines, cpo_renewable_actions, cpo_tranche_rows, cpo_rows`);
  }
}
