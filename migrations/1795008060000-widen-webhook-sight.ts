import type { MigrationInterface, QueryRunner } from 'typeorm';

const SEEN = `
        SELECT 'account' AS object, id AS object_id, 'instance' AS kind, '*' AS code, NULL::uuid AS organisation_id FROM users
        UNION ALL
        SELECT 'membership', m.id, p.kind, p.code, NULL FROM memberships m JOIN organisation_perimeters p USING (organisation_id)
        UNION ALL
        SELECT 'dossier', d.id, p.kind, p.code, NULL
        FROM dossiers d JOIN dossier_perimeters p ON p.dossier_id = d.id WHERE d.submitted_at IS NOT NULL OR p.kind = 'organisation'
        UNION ALL
        SELECT 'line', l.id, p.kind, p.code, l.organisation_id
        FROM funding_lines l JOIN dossiers d ON d.id = l.dossier_id JOIN dossier_perimeters p ON p.dossier_id = d.id WHERE d.submitted_at IS NOT NULL
        UNION ALL
        SELECT 'act', a.id, s.kind, s.code, a.organisation_id FROM acts a JOIN act_scopes s ON s.act_id = a.id WHERE a.state = 'notified'`;

/** From where calls, sessions, payments, reports, repayments and agreements over several years are seen, so that other systems may be told of them. */
export class WidenWebhookSight1795008060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE VIEW webhook_sight AS ${SEEN}
        UNION ALL
        -- A published call is everybody's.
        SELECT 'call', c.id, s.kind, s.code, NULL
        FROM calls c CROSS JOIN LATERAL (VALUES ('contract', c.contract_code), ('instance', '*')) AS s (kind, code)
        WHERE c.published_at IS NOT NULL
        UNION ALL
        SELECT 'committee', t.id, 'contract', c.contract_code, NULL
        FROM committees t JOIN calls c ON c.id = t.call_id WHERE t.state <> 'draft'
        UNION ALL
        SELECT 'payment-request', r.id, p.kind, p.code, l.organisation_id
        FROM payment_requests r JOIN funding_lines l ON l.id = r.funding_line_id JOIN dossier_perimeters p ON p.dossier_id = l.dossier_id
        UNION ALL
        SELECT 'payment', y.id, p.kind, p.code, l.organisation_id
        FROM payments y JOIN funding_lines l ON l.id = y.funding_line_id JOIN dossier_perimeters p ON p.dossier_id = l.dossier_id
        UNION ALL
        -- As long as its organisation writes it for the first time, a report is its own.
        SELECT 'report', r.id, p.kind, p.code, r.organisation_id
        FROM reports r JOIN dossier_perimeters p ON p.dossier_id = r.dossier_id WHERE r.submitted_at IS NOT NULL
        UNION ALL
        SELECT 'repayment', r.id, p.kind, p.code, l.organisation_id
        FROM repayments r JOIN funding_lines l ON l.id = r.funding_line_id JOIN dossier_perimeters p ON p.dossier_id = l.dossier_id
        UNION ALL
        SELECT 'cpo', c.id, p.kind, p.code, c.organisation_id FROM cpos c JOIN dossier_perimeters p ON p.dossier_id = c.dossier_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE OR REPLACE VIEW webhook_sight AS ${SEEN}`);
  }
}
