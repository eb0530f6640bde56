import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who acts for a funder, and what waits for their signature. */
export class NotifyActsToSign1795005010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Programme 147: the prefecture of its département. Any other funder: its own people, a city's instructors among them (actScopes, policy act.sign).
      CREATE VIEW notified_funder_people AS
        SELECT DISTINCT f.id AS funder_id, s.user_id
        FROM funders f
        JOIN notified_staff s ON CASE WHEN f.code LIKE 'P147-%'
          THEN s.role = 'prefecture' AND s.scope_kind = 'department' AND s.scope_code = f.department_code
          ELSE s.role IN ('prefecture', 'partner', 'instructor')
            AND ((s.scope_kind = 'funder' AND s.scope_code = f.code) OR (s.scope_kind = 'commune' AND s.scope_code = f.insee_code)) END;

      CREATE VIEW notified_acts_to_sign AS
        SELECT a.id, a.number, a.kind, a.amount_cents, a.call_id, c.title AS call_title, c.year AS call_year, a.funder_id, f.name AS funder_name,
               a.organisation_id, o.name AS organisation_name
        FROM acts a JOIN calls c ON c.id = a.call_id JOIN funders f ON f.id = a.funder_id JOIN organisations o ON o.id = a.organisation_id
        WHERE a.state = 'prepared';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW notified_acts_to_sign, notified_funder_people;`);
  }
}
