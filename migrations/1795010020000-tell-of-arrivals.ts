import type { MigrationInterface, QueryRunner } from 'typeorm';

const TO_JUDGE = (conditions: string): string => `
      CREATE OR REPLACE VIEW notified_lines_to_judge AS
        SELECT l.id AS funding_line_id, l.call_id, c.title AS call_title, c.year AS call_year, d.id AS dossier_id, d.number AS dossier_number,
               d.title AS dossier_title, o.name AS organisation_name, (d.admissibility_at AT TIME ZONE 'Europe/Paris')::date AS admissible_on
        FROM funding_lines l
        JOIN dossiers d ON d.id = l.dossier_id
        JOIN calls c ON c.id = l.call_id
        JOIN organisations o ON o.id = l.organisation_id
        WHERE d.state = 'admissible' AND l.state IN ('requested', 'taken-up', 'instructed')${conditions};`;

/** What those who instruct learn of the dossiers that arrive, and those who follow a call of its opening. */
export class TellOfArrivals1795010020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Dossiers that nobody has dealt with yet, with the day in Paris on which they were filed.
      CREATE VIEW notified_filed_dossiers AS
        SELECT d.id AS dossier_id, d.call_id, c.title AS call_title, c.year AS call_year, d.number AS dossier_number, d.title AS dossier_title,
               d.organisation_id, o.name AS organisation_name, (d.submitted_at AT TIME ZONE 'Europe/Paris')::date AS filed_on
        FROM dossiers d JOIN calls c ON c.id = d.call_id JOIN organisations o ON o.id = d.organisation_id
        WHERE d.state = 'submitted';

      -- Of each of them, the instructors of its communes.
      CREATE VIEW notified_filed_dossier_instructors AS
        SELECT DISTINCT d.dossier_id, s.user_id
        FROM notified_filed_dossiers d
        JOIN notified_dossier_communes c USING (dossier_id)
        JOIN notified_staff s ON s.role = 'instructor' AND s.scope_kind = 'commune' AND s.scope_code = c.insee_code
        WHERE NOT EXISTS (SELECT FROM actor_recusals r WHERE r.user_id = s.user_id AND r.organisation_id = d.organisation_id);

      -- Calls that were published before the day of their opening: publication did not say that they are open.
      CREATE VIEW notified_openings AS
        SELECT id AS call_id, date_trunc('milliseconds', opens_at) AS opens_at, least(closes_at, closed_at) AS closes_at
        FROM calls
        WHERE (published_at AT TIME ZONE 'Europe/Paris')::date < (opens_at AT TIME ZONE 'Europe/Paris')::date;

      -- The later years of an agreement over several years have their own moment.
      ${TO_JUDGE(' AND l.year <= c.year')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW notified_openings, notified_filed_dossier_instructors, notified_filed_dossiers;
      ${TO_JUDGE('')}
    `);
  }
}
