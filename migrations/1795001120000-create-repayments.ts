import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a funder asks back of what it paid. */
export class CreateRepayments1795001120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE repayments (
        id uuid PRIMARY KEY,
        funding_line_id uuid NOT NULL REFERENCES funding_lines,
        amount_cents bigint NOT NULL CHECK (amount_cents > 0),
        received_cents bigint NOT NULL DEFAULT 0 CHECK (received_cents >= 0),
        state text NOT NULL CHECK (state IN ('asked', 'received', 'written-off')),
        version integer NOT NULL DEFAULT 1,
        reason text NOT NULL,
        due_on date NOT NULL,
        -- Of the titre de perception, once it is issued.
        title_reference text,
        asked_by uuid NOT NULL REFERENCES users,
        asked_at timestamptz NOT NULL,
        write_off_reason text,
        written_off_by uuid REFERENCES users,
        ended_at timestamptz,
        CONSTRAINT repayments_received_within_asked CHECK (received_cents <= amount_cents),
        CHECK ((state = 'received') = (received_cents = amount_cents)),
        CHECK ((state = 'written-off') = (write_off_reason IS NOT NULL)),
        CHECK ((state = 'asked') = (ended_at IS NULL))
      );
      CREATE UNIQUE INDEX repayments_one_live ON repayments (funding_line_id) WHERE state = 'asked';
      CREATE INDEX repayments_by_line ON repayments (funding_line_id, id);

      CREATE TABLE repayment_receipts (
        id uuid PRIMARY KEY,
        repayment_id uuid NOT NULL REFERENCES repayments,
        amount_cents bigint NOT NULL CHECK (amount_cents > 0),
        received_on date NOT NULL,
        reference text NOT NULL,
        recorded_by uuid NOT NULL REFERENCES users,
        recorded_at timestamptz NOT NULL,
        UNIQUE (repayment_id, reference)
      );
      CREATE TRIGGER repayment_receipts_are_append_only BEFORE UPDATE OR DELETE ON repayment_receipts FOR EACH ROW EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE repayment_receipts, repayments;`);
  }
}
