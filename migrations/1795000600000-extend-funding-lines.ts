import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a line is from its notification to its end: paid, identified in Chorus, notified. */
export class ExtendFundingLines1795000600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE funding_lines
        -- What was paid and not recovered: the sum of its movements pay and recover.
        ADD paid_cents bigint NOT NULL DEFAULT 0 CHECK (paid_cents >= 0),
        -- Number of the legal commitment (engagement juridique) in Chorus.
        ADD ej_number text CHECK (ej_number ~ '^[0-9A-Z]{10}$'),
        -- When the signed act reached the beneficiary: the clock of the payment starts.
        ADD notified_at timestamptz,
        ADD CONSTRAINT funding_lines_paid_within_committed CHECK (paid_cents <= committed_cents OR envelope_id IS NULL),
        ADD CONSTRAINT funding_lines_notified CHECK (state <> 'notified' OR notified_at IS NOT NULL),
        ADD CONSTRAINT funding_lines_ej_after_decision CHECK (ej_number IS NULL OR decided_at IS NOT NULL OR state IN ('cancelled', 'withdrawn'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE funding_lines
        DROP CONSTRAINT funding_lines_ej_after_decision, DROP CONSTRAINT funding_lines_notified, DROP CONSTRAINT funding_lines_paid_within_committed,
        DROP notified_at, DROP ej_number, DROP paid_cents;
    `);
  }
}
