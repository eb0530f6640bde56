import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What dossiers read of the modules below them. */
export class CreateDossierViews1795000520000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Everywhere a place is seen from: a QPV from itself, its communes, their sectors and départements.
      CREATE VIEW place_scopes AS
        SELECT DISTINCT 'qpv' AS place_kind, q.qpv_slug AS place_code, s.kind, s.code
        FROM qpv_communes q JOIN communes c USING (insee_code)
        CROSS JOIN LATERAL (VALUES ('qpv', q.qpv_slug), ('commune', c.insee_code), ('sector', c.sector_code), ('department', c.department_code)) AS s (kind, code)
        WHERE s.code IS NOT NULL
        UNION ALL
        SELECT 'commune', c.insee_code, s.kind, s.code
        FROM communes c
        CROSS JOIN LATERAL (VALUES ('commune', c.insee_code), ('sector', c.sector_code), ('department', c.department_code)) AS s (kind, code)
        WHERE s.code IS NOT NULL
        UNION ALL
        SELECT 'pocket', p.id::text, s.kind, s.code
        FROM poverty_pockets p JOIN communes c USING (insee_code)
        CROSS JOIN LATERAL (VALUES ('commune', c.insee_code), ('sector', c.sector_code), ('department', c.department_code)) AS s (kind, code)
        WHERE s.code IS NOT NULL;

      CREATE VIEW orientation_objectives AS
        SELECT orientation_code, code AS objective_code FROM strategic_objectives
        UNION ALL
        SELECT s.orientation_code, o.code FROM operational_objectives o JOIN strategic_objectives s ON s.code = o.strategic_objective_code;

      -- What dossier_perimeters must hold, computed from the content.
      CREATE VIEW dossier_scopes AS
        SELECT d.id AS dossier_id, 'organisation' AS kind, d.organisation_id::text AS code FROM dossiers d
        UNION ALL
        SELECT d.id, 'contract', c.contract_code FROM dossiers d JOIN calls c ON c.id = d.call_id
        UNION ALL
        SELECT a.dossier_id, t.kind, t.code FROM actions a JOIN action_territories t ON t.action_id = a.id WHERE a.removed_at IS NULL
        UNION ALL
        SELECT l.dossier_id, s.kind, s.code
        FROM funding_lines l JOIN funders f ON f.id = l.funder_id
        CROSS JOIN LATERAL (VALUES ('funder', f.code), ('commune', f.insee_code)) AS s (kind, code)
        WHERE l.state <> 'withdrawn' AND s.code IS NOT NULL;

      -- The terms of the call as they stand for one dossier, whose it is, and whether who attested was seen on evidence.
      CREATE VIEW dossier_terms AS
        SELECT d.id AS dossier_id, c.title AS call_title, c.year AS call_year, c.opens_at, c.closes_at, c.grace_minutes, c.published_at, c.closed_at, c.stage,
               c.public_money_ceiling_percent, c.implicit_rejection_months, e.until AS extension_until, o.name AS organisation_name, o.siret,
               ARRAY(SELECT co.orientation_code FROM call_orientations co WHERE co.call_id = c.id ORDER BY 1) AS orientation_codes,
               ARRAY(SELECT ct.code FROM call_tracks ct WHERE ct.call_id = c.id ORDER BY 1) AS track_codes,
               u.name AS attested_by_name,
               EXISTS (SELECT FROM memberships m WHERE m.organisation_id = d.organisation_id AND m.user_id = d.attested_by AND m.signatory_verified_at IS NOT NULL OFFSET 0)
                 AS signatory_verified
        FROM dossiers d
        JOIN calls c ON c.id = d.call_id
        JOIN organisations o ON o.id = d.organisation_id
        LEFT JOIN call_extensions e ON e.call_id = d.call_id AND e.organisation_id = d.organisation_id
        LEFT JOIN users u ON u.id = d.attested_by;

      -- One row a dossier, as lists show it.
      CREATE VIEW dossier_rows AS
        SELECT d.id, d.number, d.title, d.state, d.version, d.call_id, c.year AS call_year, d.organisation_id, o.name AS organisation_name, d.track_code,
               d.created_at, d.updated_at, d.submitted_at,
               (SELECT count(*) FROM actions a WHERE a.dossier_id = d.id AND a.removed_at IS NULL) AS actions,
               (SELECT coalesce(sum(l.requested_cents), 0)::bigint FROM funding_lines l WHERE l.dossier_id = d.id AND l.state <> 'withdrawn') AS requested_cents
        FROM dossiers d
        JOIN calls c ON c.id = d.call_id
        JOIN organisations o ON o.id = d.organisation_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW dossier_rows, dossier_terms, dossier_scopes, orientation_objectives, place_scopes`);
  }
}
