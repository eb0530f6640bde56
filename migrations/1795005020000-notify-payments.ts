import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a beneficiary is told of its money. */
export class NotifyPayments1795005020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When the beneficiary was told of the payment: an import tells each once, at its end, whatever became of it in between.
      ALTER TABLE chorus_rows ADD told_at timestamptz;

      -- Grants whose decision their beneficiary knows.
      CREATE VIEW notified_grants_of_lines AS
        SELECT l.id AS funding_line_id, l.organisation_id, o.name AS organisation_name, f.name AS funder_name, l.scheme, l.year,
               d.number AS dossier_number, a.title AS action_title
        FROM funding_lines l
        JOIN organisations o ON o.id = l.organisation_id
        JOIN funders f ON f.id = l.funder_id
        JOIN dossiers d ON d.id = l.dossier_id
        JOIN actions a ON a.id = l.action_id
        WHERE l.announced_at IS NOT NULL;

      CREATE VIEW notified_payment_requests AS
        SELECT r.id, r.amount_cents, r.requested_at, g.*
        FROM payment_requests r JOIN notified_grants_of_lines g USING (funding_line_id)
        WHERE r.cancelled_at IS NULL;
      CREATE VIEW notified_payments AS
        SELECT p.id, p.amount_cents, p.paid_on, p.reversed_at IS NOT NULL AS is_reversed, g.*
        FROM payments p JOIN notified_grants_of_lines g USING (funding_line_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW notified_payments, notified_payment_requests, notified_grants_of_lines;
      ALTER TABLE chorus_rows DROP told_at;
    `);
  }
}
