import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateChorusImports1795001010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One extraction of Chorus: read first, applied once someone confirms what was read, and reversible whole.
      CREATE TABLE chorus_imports (
        id uuid PRIMARY KEY,
        file_id uuid NOT NULL UNIQUE REFERENCES files,
        -- The départements whose lines it may touch: those its importer answered for.
        department_codes text[] NOT NULL CHECK (cardinality(department_codes) > 0),
        state text NOT NULL DEFAULT 'reading' CHECK (state IN ('reading', 'unreadable', 'previewed', 'applying', 'applied', 'reversing', 'reversed')),
        version integer NOT NULL DEFAULT 1,
        failure text,
        created_by uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL,
        confirmed_by uuid REFERENCES users,
        confirmed_at timestamptz,
        reversed_by uuid REFERENCES users,
        reversed_at timestamptz,
        reversal_reason text,
        CHECK (state <> 'unreadable' OR failure IS NOT NULL),
        CHECK (state NOT IN ('applying', 'applied') OR confirmed_by IS NOT NULL),
        CHECK (state NOT IN ('reversing', 'reversed') OR (reversed_by IS NOT NULL AND reversal_reason IS NOT NULL))
      );

      CREATE TABLE chorus_rows (
        id uuid NOT NULL,
        import_id uuid NOT NULL REFERENCES chorus_imports,
        sheet text NOT NULL,
        row_number integer NOT NULL,
        ej text NOT NULL,
        ej_item text NOT NULL,
        dp text NOT NULL,
        dp_item text NOT NULL,
        year integer,
        siret text NOT NULL,
        supplier text NOT NULL,
        amount_cents bigint,
        paid_on date,
        status text NOT NULL CHECK (status IN
          ('matched', 'ambiguous', 'unknown', 'duplicate', 'already-applied', 'refused', 'ignored', 'applied', 'reversed')),
        -- Why it is not simply matched, in French.
        reason text,
        funding_line_id uuid REFERENCES funding_lines,
        -- Lines that it might be of: never more than a suggestion.
        suggested_line_ids uuid[] NOT NULL DEFAULT '{}',
        payment_id uuid REFERENCES payments,
        PRIMARY KEY (import_id, id),
        CHECK (status NOT IN ('matched', 'applied') OR (funding_line_id IS NOT NULL AND year IS NOT NULL AND amount_cents > 0 AND paid_on IS NOT NULL)),
        CHECK ((status IN ('applied', 'reversed')) = (payment_id IS NOT NULL))
      );
      CREATE INDEX chorus_rows_by_status ON chorus_rows (import_id, status, id);
      CREATE UNIQUE INDEX chorus_rows_by_payment ON chorus_rows (payment_id) WHERE payment_id IS NOT NULL;
      -- Whatever the imports, a row of Chorus is paid once.
      CREATE UNIQUE INDEX chorus_rows_applied_once ON chorus_rows (ej, ej_item, dp, dp_item, year) WHERE status = 'applied';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE chorus_rows, chorus_imports;`);
  }
}
