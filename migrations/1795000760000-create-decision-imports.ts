import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The decisions of a funder read from a file: first shown, then recorded all together. */
export class CreateDecisionImports1795000760000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE decision_imports (
        id uuid PRIMARY KEY,
        funder_id uuid NOT NULL REFERENCES funders,
        state text NOT NULL DEFAULT 'previewed' CHECK (state IN ('previewed', 'applied')),
        version integer NOT NULL DEFAULT 1,
        -- SHA-256 of the file as it came.
        file_hash bytea NOT NULL,
        created_by uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL,
        applied_by uuid REFERENCES users,
        applied_at timestamptz,
        CHECK ((state = 'applied') = (applied_at IS NOT NULL)),
        CHECK ((applied_at IS NULL) = (applied_by IS NULL))
      );
      CREATE TABLE decision_import_rows (
        import_id uuid NOT NULL REFERENCES decision_imports,
        -- Where the row stands in the file, the header being on line 1.
        line_number integer NOT NULL CHECK (line_number > 1),
        dossier_number text NOT NULL,
        action_title text NOT NULL,
        amount_cents bigint,
        reference text NOT NULL,
        decided_on date,
        reason text,
        status text NOT NULL CHECK (status IN ('matched', 'ambiguous', 'unknown', 'refused')),
        funding_line_id uuid REFERENCES funding_lines,
        code text,
        detail text,
        PRIMARY KEY (import_id, line_number),
        CHECK (status <> 'matched' OR (funding_line_id IS NOT NULL AND amount_cents >= 0 AND decided_on IS NOT NULL)),
        CHECK (status = 'matched' OR (code IS NOT NULL AND detail IS NOT NULL))
      );
      -- A file decides once on a line.
      CREATE UNIQUE INDEX decision_import_rows_once ON decision_import_rows (import_id, funding_line_id) WHERE status = 'matched';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE decision_import_rows, decision_imports;`);
  }
}
