import type { MigrationInterface, QueryRunner } from 'typeorm';

const DECIDERS = (conditions: string): string => `
      CREATE OR REPLACE VIEW notified_line_deciders AS
        SELECT DISTINCT l.dossier_id, s.user_id
        FROM funding_lines l
        JOIN audit a ON a.object_type = 'funding-line' AND a.object_id = l.id::text AND a.actor_kind = 'user'
          AND a.act IN ('funding-line.proposed', 'funding-line.approved', 'funding-line.refused', 'funding-line.decision-recorded')
        JOIN notified_staff s ON s.user_id = a.actor_id${conditions};`;

/** Having asked or decided once gives no right to be told when one has changed post; and an internal note is for those who may read it. */
export class TellWhoMayKnow1795010010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Whose scope a dossier lies in now.
      CREATE VIEW notified_dossier_staff AS
        SELECT DISTINCT p.dossier_id, s.user_id, s.role
        FROM dossier_perimeters p JOIN notified_staff s ON s.scope_kind = p.kind AND s.scope_code = p.code;
      ${DECIDERS(`
        JOIN funders f ON f.id = l.funder_id
        -- A withdrawn line leaves its funder out of the dossier's perimeter.
        WHERE ((s.scope_kind = 'funder' AND s.scope_code = f.code)
            OR EXISTS (SELECT FROM dossier_perimeters p WHERE p.dossier_id = l.dossier_id AND p.kind = s.scope_kind AND p.code = s.scope_code))
          AND NOT EXISTS (SELECT FROM actor_recusals r WHERE r.user_id = s.user_id AND r.organisation_id = l.organisation_id)`)}
      ALTER VIEW webhook_sight RENAME TO webhook_sight_but_messages;
      CREATE VIEW webhook_sight AS
        SELECT object, object_id, kind, code, organisation_id FROM webhook_sight_but_messages
        UNION ALL
        SELECT 'dossier-message', m.id, p.kind, p.code, d.organisation_id
        FROM dossier_messages m JOIN dossiers d ON d.id = m.dossier_id JOIN dossier_perimeters p ON p.dossier_id = d.id
        WHERE d.submitted_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW webhook_sight, notified_dossier_staff;
      ALTER VIEW webhook_sight_but_messages RENAME TO webhook_sight;
      ${DECIDERS('')}
    `);
  }
}
