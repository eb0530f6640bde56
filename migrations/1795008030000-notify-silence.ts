import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests to the State that silence will reject, and who can still answer them. */
export class NotifySilence1795008030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Of the call's own year: the years after are those of an agreement to negotiate. Decided or not: before the announcement the difference must not
      -- show. While a complement is awaited the delay is suspended: nothing is due.
      CREATE VIEW notified_silent_lines AS
        SELECT l.id AS funding_line_id, l.state, l.call_id, c.title AS call_title, c.year AS call_year, d.id AS dossier_id,
               d.number AS dossier_number, d.title AS dossier_title, d.state AS dossier_state, d.organisation_id, o.name AS organisation_name,
               d.implicit_rejection_on, a.position AS action_position, a.title AS action_title, f.name AS funder_name, l.scheme, l.year,
               l.requested_cents
        FROM funding_lines l
        JOIN funders f ON f.id = l.funder_id AND f.code LIKE 'P147-%'
        JOIN dossiers d ON d.id = l.dossier_id
        JOIN calls c ON c.id = l.call_id AND c.year = l.year
        JOIN organisations o ON o.id = l.organisation_id
        JOIN actions a ON a.id = l.action_id
        WHERE l.announced_at IS NULL AND l.state NOT IN ('withdrawn', 'cancelled', 'set-aside')
          AND d.state IN ('submitted', 'admissible') AND d.implicit_rejection_on IS NOT NULL;

      -- Whether a dossier is admissible is its communes' instructors' to say; then the line is for who decides for its funder.
      CREATE VIEW notified_silence_breakers AS
        SELECT l.funding_line_id, s.user_id
        FROM notified_silent_lines l
        JOIN instructed_places p ON p.dossier_id = l.dossier_id AND p.kind = 'commune'
        JOIN notified_staff s ON s.role = 'instructor' AND s.scope_kind = 'commune' AND s.scope_code = p.code
        WHERE l.dossier_state = 'submitted'
          AND NOT EXISTS (SELECT FROM notified_recusals r WHERE r.user_id = s.user_id AND r.organisation_id = l.organisation_id)
        UNION
        SELECT l.funding_line_id, j.user_id
        FROM notified_silent_lines l JOIN notified_line_judges j USING (funding_line_id)
        WHERE l.dossier_state = 'admissible' AND l.state NOT IN ('approved', 'refused');

      CREATE INDEX dossiers_by_implicit_rejection ON dossiers (implicit_rejection_on) WHERE state IN ('submitted', 'admissible');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX dossiers_by_implicit_rejection; DROP VIEW notified_silence_breakers, notified_silent_lines');
  }
}
