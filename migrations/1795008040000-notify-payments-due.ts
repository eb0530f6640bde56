import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Grants that are to be paid by a day, and who pays for the funder. */
export class NotifyPaymentsDue1795008040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- As the calendar has it (nextDueOn, defaultSchedule): the first payment that what is paid does not cover, of the schedule, else all of it 60 days
      -- after the notification. A request that was cancelled asks for nothing any more.
      CREATE VIEW notified_payments_due AS
        SELECT p.user_id, l.id AS funding_line_id, coalesce(i.due_on, (l.notified_at AT TIME ZONE 'Europe/Paris')::date + 60) AS due_on,
               coalesce(i.cents, l.granted_cents) - l.paid_cents AS due_cents, f.name AS funder_name, l.scheme, l.year, o.name AS organisation_name,
               d.number AS dossier_number, a.title AS action_title,
               (SELECT coalesce(sum(r.amount_cents), 0) FROM payment_requests r WHERE r.funding_line_id = l.id AND r.cancelled_at IS NULL) > l.paid_cents
                 AS is_requested
        FROM funding_lines l
        JOIN funders f ON f.id = l.funder_id
        JOIN notified_funder_people p ON p.funder_id = l.funder_id
        JOIN actions a ON a.id = l.action_id
        JOIN dossiers d ON d.id = l.dossier_id
        JOIN organisations o ON o.id = l.organisation_id
        LEFT JOIN LATERAL (
          SELECT s.due_on, s.cents FROM (
            SELECT n.due_on, n.position, sum(n.amount_cents) OVER (ORDER BY n.due_on, n.position)::bigint AS cents
            FROM payment_installments n WHERE n.funding_line_id = l.id AND n.replaced_at IS NULL) s
          WHERE s.cents > l.paid_cents ORDER BY s.due_on, s.position LIMIT 1) i ON true
        WHERE l.notified_at IS NOT NULL AND l.paid_cents < l.granted_cents
          AND l.state IN ('notified', 'partly-paid', 'to-justify', 'report-submitted', 'to-amend', 'justified')
          AND NOT EXISTS (SELECT FROM notified_recusals r WHERE r.user_id = p.user_id AND r.organisation_id = l.organisation_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW notified_payments_due');
  }
}
