import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePeopleViews1795000510000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Every place that a role may be granted over, with its name for people.
      CREATE VIEW grantable_scopes AS
        SELECT 'commune' AS kind, insee_code AS code, name AS label FROM communes
        UNION ALL SELECT 'sector', code, name FROM sectors
        UNION ALL SELECT 'department', code, name FROM departments
        UNION ALL SELECT 'funder', code, name FROM funders
        UNION ALL SELECT 'qpv', slug, name FROM qpv
        UNION ALL SELECT 'contract', code, name FROM contracts
        UNION ALL SELECT 'instance', '*', 'Bièvre';

      -- Everywhere an organisation is seen from. 'home' rows come from where it is seated, the others from the dossiers it submitted: those
      -- who instruct its dossier may read it, only those of its seat decide who acts for it: the coordination only where nobody instructs.
      CREATE VIEW organisation_perimeters AS
        SELECT id AS organisation_id, 'organisation' AS kind, id::text AS code, true AS home FROM organisations
        UNION ALL SELECT o.id, 'contract', 'GOSB', NOT EXISTS (
            SELECT FROM grants g WHERE g.role = 'instructor' AND g.scope_kind = 'commune' AND g.scope_code = o.insee_code AND g.revoked_at IS NULL)
          FROM organisations o
        UNION ALL SELECT id, 'commune', insee_code, true FROM organisations WHERE insee_code IS NOT NULL
        UNION ALL SELECT o.id, 'sector', c.sector_code, true
          FROM organisations o JOIN communes c ON c.insee_code = o.insee_code WHERE c.sector_code IS NOT NULL
        UNION ALL SELECT o.id, 'department', c.department_code, true FROM organisations o JOIN communes c ON c.insee_code = o.insee_code
        UNION ALL SELECT d.organisation_id, p.kind, p.code, false
          FROM dossiers d JOIN dossier_perimeters p ON p.dossier_id = d.id
          WHERE d.submitted_at IS NOT NULL AND p.kind NOT IN ('organisation', 'contract');

      -- Memberships with who asks, and for which organisation.
      CREATE VIEW membership_rows AS
        SELECT m.*, u.name AS user_name, u.email::text AS user_email, o.name AS organisation_name
        FROM memberships m JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW membership_rows, organisation_perimeters, grantable_scopes`);
  }
}
