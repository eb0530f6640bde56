import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The end of an envelope's fiscal year. */
export class CloseEnvelopes1795000710000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE envelopes
        ADD closed_at timestamptz,
        -- Nothing is held and nothing is free in a closed envelope: what is decommitted from it lapses in the same statement.
        ADD CONSTRAINT envelopes_closed_hold_no_credit CHECK (closed_at IS NULL OR (
          reserved_cents = 0 AND ceiling_ae_cents = committed_cents + delegated_cents AND ceiling_cp_cents = committed_cents + delegated_cents));

      CREATE FUNCTION refuse_credit_after_closing() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'envelope % is closed: it only gives back, pays and recovers', OLD.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'envelopes_closed_stay_closed', TABLE = 'envelopes';
      END $$;
      CREATE TRIGGER envelopes_closed_stay_closed BEFORE UPDATE ON envelopes FOR EACH ROW
        WHEN (OLD.closed_at IS NOT NULL AND (
          NEW.closed_at IS DISTINCT FROM OLD.closed_at OR NEW.committed_cents > OLD.committed_cents
          OR NEW.delegated_cents <> OLD.delegated_cents OR NEW.reserved_cents <> 0
          OR NEW.ceiling_ae_cents > OLD.ceiling_ae_cents OR NEW.ceiling_cp_cents > OLD.ceiling_cp_cents))
        EXECUTE FUNCTION refuse_credit_after_closing();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER envelopes_closed_stay_closed ON envelopes;
      DROP FUNCTION refuse_credit_after_closing();
      ALTER TABLE envelopes DROP CONSTRAINT envelopes_closed_hold_no_credit, DROP closed_at;
    `);
  }
}
