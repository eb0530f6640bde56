import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMoney1795000400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Counters are moved by one guarded UPDATE together with the movement that explains it; these CHECKs are the last wall.
      CREATE TABLE envelopes (
        id uuid PRIMARY KEY,
        funder_id uuid NOT NULL REFERENCES funders,
        programme text NOT NULL CHECK (length(programme) BETWEEN 1 AND 100),
        year integer NOT NULL CHECK (year BETWEEN 2024 AND 2100),
        department_code text REFERENCES departments,
        ceiling_ae_cents bigint NOT NULL CHECK (ceiling_ae_cents >= 0),
        ceiling_cp_cents bigint NOT NULL CHECK (ceiling_cp_cents >= 0),
        reserved_cents bigint NOT NULL DEFAULT 0 CHECK (reserved_cents >= 0),
        committed_cents bigint NOT NULL DEFAULT 0 CHECK (committed_cents >= 0),
        delegated_cents bigint NOT NULL DEFAULT 0 CHECK (delegated_cents >= 0),
        paid_cents bigint NOT NULL DEFAULT 0 CHECK (paid_cents >= 0),
        version integer NOT NULL DEFAULT 1,
        created_by uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT envelopes_never_over_committed_ae CHECK (reserved_cents + committed_cents + delegated_cents <= ceiling_ae_cents),
        CONSTRAINT envelopes_never_over_committed_cp CHECK (reserved_cents + committed_cents + delegated_cents <= ceiling_cp_cents),
        CONSTRAINT envelopes_paid_within_committed CHECK (paid_cents <= committed_cents)
      );
      CREATE UNIQUE INDEX envelopes_identity ON envelopes (funder_id, programme, year, coalesce(department_code, ''));

      -- One id from the request to the last euro justified.
      CREATE TABLE funding_lines (
        id uuid PRIMARY KEY,
        action_id uuid NOT NULL,
        dossier_id uuid NOT NULL,
        call_id uuid NOT NULL REFERENCES calls,
        organisation_id uuid NOT NULL REFERENCES organisations,
        funder_id uuid NOT NULL REFERENCES funders,
        scheme text,
        year integer NOT NULL CHECK (year BETWEEN 2024 AND 2100),
        requested_cents bigint NOT NULL CHECK (requested_cents > 0),
        state text NOT NULL DEFAULT 'requested' CHECK (state IN (
          'requested', 'taken-up', 'instructed', 'on-agenda', 'proposed', 'adjourned', 'unfavourable', 'approved', 'refused', 'announced',
          'refusal-announced', 'act-generated', 'signed', 'notified', 'partly-paid', 'paid', 'to-justify', 'report-submitted', 'to-amend', 'justified',
          'closed', 'withdrawn', 'cancelled', 'not-carried-out', 'set-aside', 'repayment-due')),
        version integer NOT NULL DEFAULT 1,
        envelope_id uuid REFERENCES envelopes,
        proposed_cents bigint,
        proposed_by uuid REFERENCES users,
        proposed_at timestamptz,
        reserved_cents bigint NOT NULL DEFAULT 0 CHECK (reserved_cents >= 0),
        committed_cents bigint NOT NULL DEFAULT 0 CHECK (committed_cents >= 0),
        granted_cents bigint,
        decided_by uuid REFERENCES users,
        decided_at timestamptz,
        decided_on date,
        decision_reason text,
        decision_reference text,
        announced_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (action_id, dossier_id) REFERENCES actions (id, dossier_id),
        CHECK (proposed_cents IS NULL OR (proposed_cents > 0 AND proposed_cents <= requested_cents)),
        CHECK (granted_cents IS NULL OR (granted_cents > 0 AND granted_cents <= requested_cents)),
        CHECK ((reserved_cents = 0 AND committed_cents = 0) OR envelope_id IS NOT NULL),
        CHECK (reserved_cents = 0 OR committed_cents = 0),
        CHECK (state NOT IN ('refused', 'refusal-announced') OR decision_reason IS NOT NULL),
        CHECK (state NOT IN ('announced', 'refusal-announced') OR announced_at IS NOT NULL)
      );
      CREATE UNIQUE INDEX funding_lines_identity ON funding_lines (action_id, funder_id, coalesce(scheme, ''), year) WHERE state <> 'withdrawn';
      CREATE INDEX funding_lines_by_call ON funding_lines (call_id, state, id);
      CREATE INDEX funding_lines_of_call ON funding_lines (call_id, id);
      CREATE INDEX funding_lines_by_action ON funding_lines (action_id);
      CREATE INDEX funding_lines_by_dossier ON funding_lines (dossier_id);
      CREATE INDEX funding_lines_by_funder ON funding_lines (funder_id, call_id, id);
      CREATE INDEX funding_lines_by_organisation ON funding_lines (organisation_id, funder_id, year);

      -- The ledger. Corrections are new movements.
      CREATE TABLE movements (
        id uuid PRIMARY KEY,
        position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        envelope_id uuid NOT NULL REFERENCES envelopes,
        kind text NOT NULL CHECK (kind IN ('open', 'increase', 'decrease', 'delegate', 'reserve', 'release', 'commit', 'decommit', 'pay', 'recover')),
        ae_cents bigint NOT NULL CHECK (ae_cents >= 0),
        cp_cents bigint NOT NULL CHECK (cp_cents >= 0),
        funding_line_id uuid REFERENCES funding_lines,
        reason text,
        actor_id uuid NOT NULL REFERENCES users,
        at timestamptz NOT NULL,
        CHECK (kind IN ('open', 'increase', 'decrease', 'delegate') OR (ae_cents = cp_cents AND ae_cents > 0 AND funding_line_id IS NOT NULL))
      );
      CREATE INDEX movements_by_envelope ON movements (envelope_id, position);
      CREATE INDEX movements_by_line ON movements (funding_line_id) WHERE funding_line_id IS NOT NULL;
      CREATE TRIGGER movements_are_append_only BEFORE UPDATE OR DELETE ON movements FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER movements_are_never_truncated BEFORE TRUNCATE ON movements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE opinions (
        id uuid PRIMARY KEY,
        funding_line_id uuid NOT NULL REFERENCES funding_lines,
        author_id uuid NOT NULL REFERENCES users,
        role text NOT NULL,
        opinion text NOT NULL CHECK (opinion IN ('favourable', 'reserved', 'unfavourable')),
        proposed_cents bigint CHECK (proposed_cents > 0),
        reason text,
        given_at timestamptz NOT NULL,
        replaced_at timestamptz,
        CHECK (opinion = 'favourable' OR reason IS NOT NULL)
      );
      CREATE UNIQUE INDEX opinions_live ON opinions (funding_line_id, author_id, role) WHERE replaced_at IS NULL;

      -- Delegations of signature: who may approve what, up to how much, between which days.
      CREATE TABLE signature_delegations (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users,
        funder_id uuid NOT NULL REFERENCES funders,
        sector_code text REFERENCES sectors,
        ceiling_cents bigint NOT NULL CHECK (ceiling_cents > 0),
        valid daterange NOT NULL CHECK (NOT isempty(valid)),
        reference text NOT NULL,
        granted_by uuid NOT NULL REFERENCES users,
        granted_at timestamptz NOT NULL DEFAULT now(),
        CHECK (granted_by <> user_id),
        EXCLUDE USING gist (user_id WITH =, funder_id WITH =, coalesce(sector_code, '') WITH =, valid WITH &&)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE signature_delegations, opinions, movements, funding_lines, envelopes;`);
  }
}
