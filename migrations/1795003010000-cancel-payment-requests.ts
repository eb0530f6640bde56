import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A payment that was asked for by mistake, or is no more to be made. */
export class CancelPaymentRequests1795003010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE payment_requests
        ADD cancelled_by uuid REFERENCES users,
        ADD cancelled_at timestamptz,
        ADD cancellation_reason text CHECK (length(cancellation_reason) BETWEEN 1 AND 2000),
        ADD CONSTRAINT payment_requests_cancelled
          CHECK ((cancelled_at IS NULL) = (cancelled_by IS NULL) AND (cancelled_at IS NULL) = (cancellation_reason IS NULL));
      -- A request is cancelled once; nothing else of it changes.
      CREATE TRIGGER payment_requests_are_kept BEFORE DELETE ON payment_requests FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER payment_requests_do_not_change BEFORE UPDATE ON payment_requests FOR EACH ROW
        WHEN ((OLD.id, OLD.funding_line_id, OLD.installment_id, OLD.amount_cents, OLD.requested_by, OLD.requested_at)
              IS DISTINCT FROM (NEW.id, NEW.funding_line_id, NEW.installment_id, NEW.amount_cents, NEW.requested_by, NEW.requested_at)
              OR OLD.cancelled_at IS NOT NULL)
        EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER payment_requests_do_not_change ON payment_requests;
      DROP TRIGGER payment_requests_are_kept ON payment_requests;
      ALTER TABLE payment_requests
        DROP CONSTRAINT payment_requests_cancelled, DROP cancellation_reason, DROP cancelled_at, DROP cancelled_by;
    `);
  }
}
