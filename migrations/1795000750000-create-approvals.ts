import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Approval by two persons above an amount, in batches, and delegations of signature that end early. */
export class CreateApprovals1795000750000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Version 0: nobody set anything yet; there to be locked.
      CREATE TABLE approval_rules (
        funder_id uuid PRIMARY KEY REFERENCES funders,
        second_approver_above_cents bigint CHECK (second_approver_above_cents BETWEEN 0 AND 99999999999999),
        version integer NOT NULL DEFAULT 0 CHECK (version >= 0),
        set_by uuid REFERENCES users,
        set_at timestamptz,
        CHECK ((version = 0) = (set_by IS NULL)),
        CHECK ((set_by IS NULL) = (set_at IS NULL)),
        CHECK (version > 0 OR second_approver_above_cents IS NULL)
      );

      -- The proposer is copied from the line, so that the CHECKs can tell the three persons apart.
      CREATE TABLE first_approvals (
        id uuid PRIMARY KEY,
        funding_line_id uuid NOT NULL REFERENCES funding_lines,
        proposer_id uuid NOT NULL REFERENCES users,
        approver_id uuid NOT NULL REFERENCES users,
        amount_cents bigint NOT NULL CHECK (amount_cents > 0),
        at timestamptz NOT NULL,
        ended_at timestamptz,
        outcome text CHECK (outcome IN ('seconded', 'replaced', 'voided')),
        seconded_by uuid REFERENCES users,
        CHECK ((ended_at IS NULL) = (outcome IS NULL)),
        CHECK ((outcome IS NOT DISTINCT FROM 'seconded') = (seconded_by IS NOT NULL)),
        CONSTRAINT first_approvals_four_eyes CHECK (approver_id <> proposer_id),
        CONSTRAINT first_approvals_six_eyes CHECK (seconded_by NOT IN (approver_id, proposer_id))
      );
      CREATE UNIQUE INDEX first_approvals_live ON first_approvals (funding_line_id) WHERE ended_at IS NULL;

      -- It stands for the proposal that it was given on: whatever takes that one away, from whichever module, takes it too. An approval ends it
      -- by itself, and says by whom it was seconded.
      CREATE FUNCTION void_first_approval() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE first_approvals SET ended_at = greatest(at, statement_timestamp()), outcome = 'voided'
        WHERE funding_line_id = NEW.id AND ended_at IS NULL;
        RETURN NULL;
      END $$;
      CREATE TRIGGER funding_lines_void_first_approval AFTER UPDATE ON funding_lines FOR EACH ROW
        WHEN (OLD.state = 'proposed' AND (NEW.state NOT IN ('proposed', 'approved')
          OR (NEW.proposed_at, NEW.proposed_by, NEW.proposed_cents, NEW.envelope_id)
            IS DISTINCT FROM (OLD.proposed_at, OLD.proposed_by, OLD.proposed_cents, OLD.envelope_id)))
        EXECUTE FUNCTION void_first_approval();

      -- A granted amount was proposed by one and approved by another, when anyone proposed it.
      ALTER TABLE funding_lines ADD CONSTRAINT funding_lines_four_eyes CHECK (granted_cents IS NULL OR decided_by <> proposed_by);

      ALTER TABLE signature_delegations
        ADD version integer NOT NULL DEFAULT 1,
        ADD ended_by uuid REFERENCES users,
        ADD ended_at timestamptz,
        ADD end_reason text,
        ADD CONSTRAINT signature_delegations_end CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason IS NULL));

      -- A batch keeps what became of each of its lines, with the line's own transaction: asked again, it goes on where it stopped. The line may
      -- be one that does not exist: its result then says so.
      CREATE TABLE approval_batches (
        id uuid PRIMARY KEY,
        asked_by uuid NOT NULL REFERENCES users,
        asked_at timestamptz NOT NULL
      );
      CREATE TABLE approval_batch_lines (
        batch_id uuid NOT NULL REFERENCES approval_batches,
        rank integer NOT NULL,
        line_id uuid NOT NULL,
        version integer NOT NULL,
        amount_cents bigint NOT NULL,
        status text CHECK (status IN ('approved', 'awaiting-second-approval', 'refused')),
        line_version integer,
        code text,
        detail text,
        PRIMARY KEY (batch_id, line_id),
        CHECK ((status IS NOT DISTINCT FROM 'refused') = (code IS NOT NULL AND detail IS NOT NULL))
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE approval_batch_lines, approval_batches;
      ALTER TABLE signature_delegations
        DROP CONSTRAINT signature_delegations_end, DROP end_reason, DROP ended_at, DROP ended_by, DROP version;
      ALTER TABLE funding_lines DROP CONSTRAINT funding_lines_four_eyes;
      DROP TRIGGER funding_lines_void_first_approval ON funding_lines;
      DROP FUNCTION void_first_approval();
      DROP TABLE first_approvals, approval_rules;
    `);
  }
}
