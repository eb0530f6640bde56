import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One report for all the funders of an action and year, and what each says of it. */
export class CreateReports1795001110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- From which gap between planned and realised a report has to explain itself: both must be reached.
      ALTER TABLE calls
        ADD report_gap_percent integer NOT NULL DEFAULT 10 CHECK (report_gap_percent BETWEEN 0 AND 100),
        ADD report_gap_cents bigint NOT NULL DEFAULT 50000 CHECK (report_gap_cents BETWEEN 0 AND 99999999999999);

      CREATE TABLE reports (
        id uuid PRIMARY KEY,
        action_id uuid NOT NULL,
        dossier_id uuid NOT NULL,
        call_id uuid NOT NULL REFERENCES calls,
        organisation_id uuid NOT NULL REFERENCES organisations,
        year integer NOT NULL CHECK (year BETWEEN 2024 AND 2100),
        kind text NOT NULL CHECK (kind IN ('interim', 'final')),
        state text NOT NULL CHECK (state IN ('draft', 'submitted', 'to-amend', 'accepted')),
        version integer NOT NULL DEFAULT 1,
        content jsonb NOT NULL,
        created_by uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        attested_hash bytea,
        attested_by uuid REFERENCES users,
        attested_at timestamptz,
        submitted_at timestamptz,
        submitted_by uuid REFERENCES users,
        FOREIGN KEY (action_id, dossier_id) REFERENCES actions (id, dossier_id),
        CHECK ((attested_hash IS NULL) = (attested_by IS NULL)),
        -- An edit voids the attestation: what funders judge is always attested.
        CHECK (state NOT IN ('submitted', 'accepted') OR (attested_hash IS NOT NULL AND submitted_at IS NOT NULL)),
        UNIQUE (action_id, year)
      );
      CREATE INDEX reports_by_organisation ON reports (organisation_id, id);

      CREATE TABLE report_rows (
        report_id uuid NOT NULL REFERENCES reports,
        side text NOT NULL CHECK (side IN ('charge', 'product')),
        position integer NOT NULL,
        account text NOT NULL,
        label text,
        funder_id uuid REFERENCES funders,
        scheme text,
        -- Null: the budget had no such row.
        planned_cents bigint CHECK (planned_cents BETWEEN 0 AND 99999999999999),
        -- Null: not filled in yet.
        realised_cents bigint CHECK (realised_cents BETWEEN 0 AND 99999999999999),
        explanation text,
        PRIMARY KEY (report_id, side, position),
        CHECK (funder_id IS NULL OR (side = 'product' AND account = '74')),
        CHECK (planned_cents IS NOT NULL OR realised_cents IS NOT NULL)
      );

      -- What was attested, word for word, at each submission.
      CREATE TABLE report_snapshots (
        report_id uuid NOT NULL REFERENCES reports,
        version integer NOT NULL,
        content_hash bytea NOT NULL,
        content jsonb NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (report_id, version)
      );
      CREATE TRIGGER report_snapshots_are_append_only BEFORE UPDATE OR DELETE ON report_snapshots FOR EACH ROW EXECUTE FUNCTION refuse_change();

      CREATE TABLE report_reviews (
        id uuid PRIMARY KEY,
        report_id uuid NOT NULL REFERENCES reports,
        funding_line_id uuid NOT NULL REFERENCES funding_lines,
        decision text NOT NULL CHECK (decision IN ('accept', 'ask-amendment')),
        reason text,
        -- What the funder owes of its grant by what was realised, and its share of what the action earned beyond its cost; on an acceptance.
        earned_cents bigint CHECK (earned_cents >= 0),
        over_financing_cents bigint CHECK (over_financing_cents >= 0),
        reviewed_by uuid NOT NULL REFERENCES users,
        reviewed_at timestamptz NOT NULL,
        CHECK (decision = 'accept' OR reason IS NOT NULL),
        CHECK ((decision = 'accept') = (earned_cents IS NOT NULL AND over_financing_cents IS NOT NULL))
      );
      CREATE INDEX report_reviews_by_report ON report_reviews (report_id, id);
      CREATE UNIQUE INDEX report_reviews_accepted_once ON report_reviews (funding_line_id) WHERE decision = 'accept';
      CREATE TRIGGER report_reviews_are_append_only BEFORE UPDATE OR DELETE ON report_reviews FOR EACH ROW EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE report_reviews, report_snapshots, report_rows, reports;
      ALTER TABLE calls DROP report_gap_cents, DROP report_gap_percent;
    `);
  }
}
