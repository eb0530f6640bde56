import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What funding and programming read of the other modules. */
export class CreateFundingViews1795000530000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What a decision on a line must know of its dossier.
      CREATE VIEW dossier_standing AS
        SELECT d.id AS dossier_id, d.number, d.state, d.submitted_at,
               (SELECT coalesce(json_agg(json_build_object('kind', p.kind, 'code', p.code)), '[]')
                FROM dossier_perimeters p WHERE p.dossier_id = d.id) AS perimeter,
               EXISTS (SELECT FROM memberships m WHERE m.organisation_id = d.organisation_id AND m.user_id = d.attested_by
                         AND m.signatory_verified_at IS NOT NULL) AS signatory_verified
        FROM dossiers d;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW dossier_standing`);
  }
}
