import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The life of one line, as it was recorded. */
export class CreateLineTrail1795000770000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Every act on the line, what its dossier went through, and the movements of credit made for it. Ids are in the order of time.
      CREATE VIEW funding_line_trail AS
        SELECT l.id AS funding_line_id, a.id, a.at, a.act AS kind, a.actor_id, a.before, a.after, NULL::bigint AS amount_cents,
               NULL::uuid AS envelope_id, NULL::text AS reason
        FROM funding_lines l JOIN audit a ON a.object_type = 'funding-line' AND a.object_id = l.id::text
        UNION ALL
        SELECT l.id, a.id, a.at, a.act, a.actor_id, a.before, a.after, CASE a.act WHEN 'dossier.submitted' THEN l.requested_cents END, NULL, NULL
        FROM funding_lines l JOIN audit a ON a.object_type = 'dossier' AND a.object_id = l.dossier_id::text
        WHERE a.act IN ('dossier.submitted', 'dossier.admissibility-decided', 'dossier.withdrawn')
        UNION ALL
        SELECT m.funding_line_id, m.id, m.at, 'movement.' || m.kind, m.actor_id, NULL, NULL, m.ae_cents, m.envelope_id, m.reason
        FROM movements m;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW funding_line_trail`);
  }
}
