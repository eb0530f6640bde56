import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports due, filed and judged, what is asked back, and the years of CPOs. */
export class NotifyReportsAndCpos1795005030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who decides on a line and judges its report (deciderScopes, policy report.review): never on an organisation they are recused from.
      CREATE VIEW notified_line_judges AS
        SELECT DISTINCT l.id AS funding_line_id, l.action_id, l.year, l.state AS line_state, l.organisation_id, f.code LIKE 'P147-%' AS is_programme147,
               s.user_id
        FROM funding_lines l
        JOIN funders f ON f.id = l.funder_id
        JOIN notified_staff s ON s.role IN ('delegate', 'prefecture', 'partner', 'instructor') AND CASE WHEN f.code LIKE 'P147-%'
          THEN (s.scope_kind = 'department' AND s.scope_code = f.department_code)
            OR (s.scope_kind = 'sector' AND EXISTS (
                  SELECT FROM dossier_perimeters p JOIN sectors c ON c.code = p.code
                  WHERE p.dossier_id = l.dossier_id AND p.kind = 'sector' AND p.code = s.scope_code AND c.department_code = f.department_code))
          ELSE (s.scope_kind = 'funder' AND s.scope_code = f.code) OR (s.scope_kind = 'commune' AND s.scope_code = f.insee_code) END
        WHERE NOT EXISTS (SELECT FROM actor_recusals r WHERE r.user_id = s.user_id AND r.organisation_id = l.organisation_id);

      CREATE VIEW notified_reports_due AS
        SELECT action_id, year, organisation_id, organisation_name, dossier_number, action_title, due_on
        FROM report_obligations WHERE submitted_at IS NULL;

      CREATE VIEW notified_reports AS
        SELECT r.id, r.state, r.kind = 'interim' AS is_interim, r.action_id, r.year, r.organisation_id, o.name AS organisation_name,
               d.number AS dossier_number, a.title AS action_title, r.submitted_at
        FROM reports r
        JOIN organisations o ON o.id = r.organisation_id
        JOIN dossiers d ON d.id = r.dossier_id
        JOIN actions a ON a.id = r.action_id;

      -- What funders ask for since the report was last submitted.
      CREATE VIEW notified_report_amendments AS
        SELECT v.id, v.report_id, f.name AS funder_name, v.reason
        FROM report_reviews v
        JOIN reports r ON r.id = v.report_id
        JOIN funding_lines l ON l.id = v.funding_line_id
        JOIN funders f ON f.id = l.funder_id
        WHERE v.decision = 'ask-amendment' AND v.reviewed_at >= r.submitted_at;

      CREATE VIEW notified_repayments AS
        SELECT p.id, p.state, p.funding_line_id, p.organisation_id, o.name AS organisation_name, p.funder_name, p.amount_cents, p.reason, p.due_on,
               p.title_reference, p.action_title, p.year, d.number AS dossier_number
        FROM repayment_rows p JOIN organisations o ON o.id = p.organisation_id JOIN dossiers d ON d.id = p.dossier_id;

      -- Signed: of a negotiation, an organisation knows nothing.
      CREATE VIEW notified_cpos AS
        SELECT c.id, c.state, c.organisation_id, c.organisation_name, c.funder_name, c.reference, c.dossier_number, c.action_title, c.first_year,
               c.last_year
        FROM cpo_rows c WHERE c.signed_on IS NOT NULL;

      CREATE VIEW notified_tranches AS
        SELECT t.cpo_id, t.year, t.rank, t.funding_line_id, t.amount_cents, t.confirmed_at IS NOT NULL AS is_confirmed,
               l.announced_at IS NOT NULL AS is_announced, l.reserved_cents > 0 AS is_reserved,
               CASE WHEN l.reserved_cents > 0 THEN l.proposed_by END AS reserved_by
        FROM cpo_tranches t JOIN funding_lines l ON l.id = t.funding_line_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW notified_tranches, notified_cpos, notified_repayments, notified_report_amendments, notified_reports, notified_reports_due,
        notified_line_judges;
    `);
  }
}
