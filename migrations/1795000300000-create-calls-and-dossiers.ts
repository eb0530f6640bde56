import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCallsAndDossiers1795000300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calls (
        id uuid PRIMARY KEY,
        contract_code text NOT NULL REFERENCES contracts,
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
        year integer NOT NULL CHECK (year BETWEEN 2024 AND 2100),
        opens_at timestamptz NOT NULL,
        closes_at timestamptz NOT NULL,
        grace_minutes integer NOT NULL DEFAULT 0 CHECK (grace_minutes BETWEEN 0 AND 10080),
        public_money_ceiling_percent integer NOT NULL DEFAULT 80 CHECK (public_money_ceiling_percent BETWEEN 1 AND 100),
        implicit_rejection_months integer NOT NULL DEFAULT 2 CHECK (implicit_rejection_months BETWEEN 1 AND 24),
        report_due_on date,
        notes text,
        published_at timestamptz,
        closed_at timestamptz,
        stage text NOT NULL DEFAULT 'none' CHECK (stage IN ('none', 'in-instruction', 'programmed', 'notified', 'in-execution', 'closed-out')),
        version integer NOT NULL DEFAULT 1,
        created_by uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL DEFAULT now(),
        CHECK (closes_at > opens_at),
        CHECK (closed_at IS NULL OR published_at IS NOT NULL)
      );
      CREATE INDEX calls_by_year ON calls (year DESC, id DESC);
      CREATE TABLE call_orientations (
        call_id uuid NOT NULL REFERENCES calls,
        orientation_code text NOT NULL REFERENCES orientations,
        PRIMARY KEY (call_id, orientation_code)
      );
      CREATE TABLE call_tracks (
        call_id uuid NOT NULL REFERENCES calls,
        code text NOT NULL CHECK (code IN ('annual', 'operating', 'participatory-fund', 'poverty-pocket')),
        label text NOT NULL,
        PRIMARY KEY (call_id, code)
      );
      CREATE TABLE call_extensions (
        id uuid PRIMARY KEY,
        call_id uuid NOT NULL REFERENCES calls,
        organisation_id uuid NOT NULL REFERENCES organisations,
        until timestamptz NOT NULL,
        reason text NOT NULL,
        granted_by uuid NOT NULL REFERENCES users,
        granted_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (call_id, organisation_id)
      );

      CREATE SEQUENCE dossier_numbers;
      CREATE SEQUENCE receipt_numbers;

      CREATE TABLE dossiers (
        id uuid PRIMARY KEY,
        number text NOT NULL UNIQUE,
        call_id uuid NOT NULL REFERENCES calls,
        organisation_id uuid NOT NULL REFERENCES organisations,
        track_code text NOT NULL,
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
        state text NOT NULL CHECK (state IN ('draft', 'awaiting-attestation', 'submitted', 'to-complete', 'admissible', 'inadmissible', 'withdrawn', 'closed-out', 'no-further-action')),
        version integer NOT NULL DEFAULT 1,
        created_by uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        attested_hash bytea,
        attested_by uuid REFERENCES users,
        attested_at timestamptz,
        attestation jsonb,
        submitted_at timestamptz,
        submitted_by uuid REFERENCES users,
        receipt_number text UNIQUE,
        implicit_rejection_on date,
        admissibility_reason text,
        admissibility_by uuid REFERENCES users,
        admissibility_at timestamptz,
        withdrawal_reason text,
        FOREIGN KEY (call_id, track_code) REFERENCES call_tracks (call_id, code),
        CHECK ((attested_hash IS NULL) = (attested_by IS NULL)),
        CHECK (state IN ('draft', 'awaiting-attestation', 'withdrawn') OR (submitted_at IS NOT NULL AND receipt_number IS NOT NULL)),
        -- A complement may change the content, which voids the attestation: nothing can be found admissible before it is attested again.
        CHECK (state <> 'admissible' OR attested_hash IS NOT NULL),
        CHECK (state <> 'inadmissible' OR admissibility_reason IS NOT NULL)
      );
      CREATE INDEX dossiers_by_call ON dossiers (call_id, state, id);
      CREATE INDEX dossiers_by_organisation ON dossiers (organisation_id, id);

      -- Everywhere a dossier is seen from: one row a scope. Written with the content, read by every list.
      CREATE TABLE dossier_perimeters (
        dossier_id uuid NOT NULL REFERENCES dossiers ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('organisation', 'commune', 'sector', 'department', 'funder', 'qpv', 'contract')),
        code text NOT NULL,
        PRIMARY KEY (dossier_id, kind, code)
      );
      CREATE INDEX dossier_perimeters_by_scope ON dossier_perimeters (kind, code, dossier_id);

      CREATE TABLE actions (
        id uuid PRIMARY KEY,
        dossier_id uuid NOT NULL REFERENCES dossiers,
        position integer NOT NULL,
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
        objectives text NOT NULL,
        description text NOT NULL,
        orientation_code text NOT NULL REFERENCES orientations,
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        multi_year boolean NOT NULL DEFAULT false,
        renewed boolean NOT NULL DEFAULT false,
        pocket_id uuid REFERENCES poverty_pockets,
        content jsonb NOT NULL DEFAULT '{}',
        removed_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        CHECK (ends_on >= starts_on),
        UNIQUE (id, dossier_id)
      );
      CREATE UNIQUE INDEX actions_position ON actions (dossier_id, position);

      CREATE TABLE action_objectives (
        action_id uuid NOT NULL REFERENCES actions,
        objective_code text NOT NULL,
        PRIMARY KEY (action_id, objective_code)
      );
      -- qpv and communes as chosen by the applicant; communes, sectors and departments of its QPV are derived rows.
      CREATE TABLE action_territories (
        action_id uuid NOT NULL REFERENCES actions,
        kind text NOT NULL CHECK (kind IN ('qpv', 'commune', 'sector', 'department')),
        code text NOT NULL,
        chosen boolean NOT NULL,
        PRIMARY KEY (action_id, kind, code)
      );
      CREATE INDEX action_territories_by_place ON action_territories (kind, code, action_id);

      CREATE TABLE budgets (
        id uuid PRIMARY KEY,
        action_id uuid NOT NULL REFERENCES actions,
        year integer NOT NULL CHECK (year BETWEEN 2024 AND 2100),
        version integer NOT NULL DEFAULT 1,
        UNIQUE (action_id, year)
      );
      CREATE TABLE budget_rows (
        id uuid PRIMARY KEY,
        budget_id uuid NOT NULL REFERENCES budgets,
        side text NOT NULL CHECK (side IN ('charge', 'product')),
        position integer NOT NULL,
        account text NOT NULL,
        label text,
        amount_cents bigint NOT NULL CHECK (amount_cents BETWEEN 0 AND 99999999999999),
        funder_id uuid REFERENCES funders,
        scheme text,
        UNIQUE (budget_id, side, position),
        CHECK (funder_id IS NULL OR (side = 'product' AND account = '74'))
      );

      CREATE TABLE complement_requests (
        id uuid PRIMARY KEY,
        dossier_id uuid NOT NULL REFERENCES dossiers,
        reason text NOT NULL,
        items jsonb NOT NULL DEFAULT '[]',
        due_on date NOT NULL,
        requested_by uuid NOT NULL REFERENCES users,
        requested_at timestamptz NOT NULL,
        answered_at timestamptz,
        answered_by uuid REFERENCES users,
        answer text,
        lapsed_at timestamptz,
        CHECK (answered_at IS NULL OR lapsed_at IS NULL)
      );
      CREATE UNIQUE INDEX complement_requests_live ON complement_requests (dossier_id) WHERE answered_at IS NULL AND lapsed_at IS NULL;

      -- What was attested, word for word, at each submission or complement.
      CREATE TABLE dossier_snapshots (
        dossier_id uuid NOT NULL REFERENCES dossiers,
        version integer NOT NULL,
        cause text NOT NULL,
        content_hash bytea NOT NULL,
        content jsonb NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (dossier_id, version)
      );
      CREATE TRIGGER dossier_snapshots_are_append_only BEFORE UPDATE OR DELETE ON dossier_snapshots FOR EACH ROW EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE dossier_snapshots, complement_requests, budget_rows, budgets, action_territories, action_objectives, actions,
        dossier_perimeters, dossiers, call_extensions, call_tracks, call_orientations, calls;
      DROP SEQUENCE receipt_numbers;
      DROP SEQUENCE dossier_numbers;
    `);
  }
}
