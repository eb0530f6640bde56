import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is told of a payment that is no more to be made. */
export class NotifyCancelledPayments1795008010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW notified_cancelled_requests AS
        SELECT r.id, r.amount_cents, r.requested_at, r.cancelled_at, g.*
        FROM payment_requests r JOIN notified_grants_of_lines g USING (funding_line_id)
        WHERE r.cancelled_at IS NOT NULL;

      -- Who may have been told of the request: members still, and members then.
      CREATE VIEW notified_cancelled_request_members AS
        SELECT r.id AS request_id, r.organisation_id, r.requested_at, m.user_id
        FROM notified_cancelled_requests r
        JOIN notified_members m USING (organisation_id)
        JOIN memberships s ON s.organisation_id = m.organisation_id AND s.user_id = m.user_id AND s.state = 'active'
        WHERE coalesce(s.decided_at, s.requested_at) <= r.requested_at;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW notified_cancelled_request_members, notified_cancelled_requests');
  }
}
