import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What forbids an organisation to ask again, written into it by the modules above. */
export class CreateOrganisationBlocks1795001100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One a cause: the report of an action and a year, not submitted when it was due. Lifted by hand it stays lifted; a later due date may block anew.
      CREATE TABLE organisation_blocks (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES organisations,
        cause text NOT NULL CHECK (cause IN ('report-overdue')),
        action_id uuid NOT NULL REFERENCES actions,
        year integer NOT NULL CHECK (year BETWEEN 2024 AND 2100),
        due_on date NOT NULL,
        -- Which report, and who can lift the block: what the applicant is told.
        sentence text NOT NULL CHECK (length(sentence) BETWEEN 1 AND 2000),
        version integer NOT NULL DEFAULT 1,
        put_at timestamptz NOT NULL,
        lifted_at timestamptz,
        -- Null when it was lifted by itself.
        lifted_by uuid REFERENCES users,
        lift_reason text,
        CHECK (lifted_by IS NULL OR (lifted_at IS NOT NULL AND lift_reason IS NOT NULL)),
        UNIQUE (cause, action_id, year, due_on)
      );
      CREATE INDEX organisation_blocks_live ON organisation_blocks (organisation_id) WHERE lifted_at IS NULL;
      CREATE UNIQUE INDEX organisation_blocks_one_live ON organisation_blocks (cause, action_id, year) WHERE lifted_at IS NULL;

      -- Asked with the lock of a dossier, in the same packet: whose it is need not be known first.
      CREATE VIEW dossier_blocks AS
        SELECT d.id AS dossier_id, b.id, b.sentence
        FROM dossiers d JOIN organisation_blocks b ON b.organisation_id = d.organisation_id AND b.lifted_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW dossier_blocks; DROP TABLE organisation_blocks;`);
  }
}
