import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What reporting reads of the modules below it. */
export class CreateReportingViews1795001140000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX funding_lines_owing_a_report ON funding_lines (action_id, year)
        WHERE state IN ('notified', 'partly-paid', 'paid', 'to-justify', 'report-submitted', 'to-amend');

      -- The report that an action owes for a year, as long as a line of it waits for one. due_on: reportDueOn of the domain; a test holds the two together.
      CREATE VIEW report_obligations AS
        SELECT l.action_id, l.year, l.dossier_id, l.call_id, l.organisation_id, a.title AS action_title, d.number AS dossier_number,
               o.name AS organisation_name,
               coalesce(x.due_on, (k.report_due_on + make_interval(years => l.year - k.year))::date, make_date(l.year + 1, 6, 30)) AS due_on,
               r.id AS report_id, r.state AS report_state, r.submitted_at
        FROM (SELECT DISTINCT action_id, year, dossier_id, call_id, organisation_id FROM funding_lines
              WHERE state IN ('notified', 'partly-paid', 'paid', 'to-justify', 'report-submitted', 'to-amend')) l
        JOIN actions a ON a.id = l.action_id
        JOIN dossiers d ON d.id = l.dossier_id
        JOIN organisations o ON o.id = l.organisation_id
        JOIN calls k ON k.id = l.call_id
        LEFT JOIN report_extensions x ON x.action_id = l.action_id AND x.year = l.year
        LEFT JOIN reports r ON r.action_id = l.action_id AND r.year = l.year;

      CREATE VIEW repayment_rows AS
        SELECT p.*, l.action_id, l.dossier_id, l.organisation_id, l.year, l.funder_id, f.name AS funder_name, a.title AS action_title
        FROM repayments p
        JOIN funding_lines l ON l.id = p.funding_line_id
        JOIN funders f ON f.id = l.funder_id
        JOIN actions a ON a.id = l.action_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW repayment_rows, report_obligations; DROP INDEX funding_lines_owing_a_report;`);
  }
}
