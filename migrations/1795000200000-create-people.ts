import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePeople1795000200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE users (
        id uuid PRIMARY KEY,
        email citext NOT NULL UNIQUE CHECK (length(email) <= 254),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        password_hash text,
        email_confirmed_at timestamptz,
        disabled_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE grants (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users,
        role text NOT NULL CHECK (role IN ('instructor', 'delegate', 'prefecture', 'coordinator', 'partner', 'citizens-council', 'landlord', 'auditor', 'administrator')),
        scope_kind text NOT NULL CHECK (scope_kind IN ('commune', 'sector', 'department', 'funder', 'qpv', 'contract', 'instance')),
        scope_code text NOT NULL,
        granted_by uuid REFERENCES users,
        granted_at timestamptz NOT NULL DEFAULT now(),
        revoked_at timestamptz,
        revoked_by uuid REFERENCES users,
        CHECK (granted_by IS NULL OR granted_by <> user_id)
      );
      -- A perimeter that changes hands keeps its history: rows are ended, not deleted.
      CREATE UNIQUE INDEX grants_live ON grants (user_id, role, scope_kind, scope_code) WHERE revoked_at IS NULL;
      CREATE INDEX grants_by_scope ON grants (role, scope_kind, scope_code) WHERE revoked_at IS NULL;

      -- A session is a chain of refresh tokens; only the last is good, and showing an older one ends the chain.
      CREATE TABLE sessions (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users,
        token_hash bytea NOT NULL,
        generation integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        end_reason text
      );
      CREATE INDEX sessions_by_user ON sessions (user_id) WHERE ended_at IS NULL;

      -- The token itself is never stored: it is derived from the id when the mail is written.
      CREATE TABLE one_time_tokens (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users,
        purpose text NOT NULL CHECK (purpose IN ('confirm-email', 'reset-password', 'invitation')),
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      CREATE INDEX one_time_tokens_by_user ON one_time_tokens (user_id, purpose) WHERE used_at IS NULL;

      CREATE TABLE sign_in_failures (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        subject bytea NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX sign_in_failures_by_subject ON sign_in_failures (subject, at);

      CREATE TABLE organisations (
        id uuid PRIMARY KEY,
        siret text NOT NULL UNIQUE CHECK (siret ~ '^\\d{14}$'),
        rna text CHECK (rna ~ '^W\\d[A-Z\\d]\\d{7}$'),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
        legal_form text NOT NULL CHECK (legal_form IN ('association', 'cooperative', 'school', 'public-body', 'company', 'foundation', 'other')),
        address text NOT NULL,
        insee_code text REFERENCES communes,
        email citext NOT NULL,
        phone text,
        version integer NOT NULL DEFAULT 1,
        created_by uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX organisations_by_commune ON organisations (insee_code);

      CREATE TABLE memberships (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES organisations,
        user_id uuid NOT NULL REFERENCES users,
        state text NOT NULL CHECK (state IN ('requested', 'active', 'refused', 'ended')),
        is_editor boolean NOT NULL DEFAULT false,
        is_signatory boolean NOT NULL DEFAULT false,
        is_administrator boolean NOT NULL DEFAULT false,
        message text,
        requested_at timestamptz NOT NULL DEFAULT now(),
        decided_by uuid REFERENCES users,
        decided_at timestamptz,
        decision_reason text,
        ended_by uuid REFERENCES users,
        ended_at timestamptz,
        end_reason text,
        signatory_verified_at timestamptz,
        signatory_verified_by uuid REFERENCES users,
        signatory_evidence text,
        version integer NOT NULL DEFAULT 1,
        -- Nobody decides on their own membership; leaving is no decision.
        CHECK (decided_by IS NULL OR decided_by <> user_id),
        CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
        CHECK (signatory_verified_at IS NULL OR (is_signatory AND signatory_verified_by <> user_id AND signatory_evidence IS NOT NULL)),
        CHECK (is_editor OR is_signatory OR is_administrator)
      );
      CREATE UNIQUE INDEX memberships_live ON memberships (organisation_id, user_id) WHERE state IN ('requested', 'active');
      -- Who is signed in is read at each request: what they may do, and whose files they must not judge.
      CREATE INDEX memberships_by_user ON memberships (user_id) WHERE state IN ('requested', 'active');
      CREATE INDEX memberships_of_organisation ON memberships (organisation_id, user_id);

      CREATE TABLE recusals (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users,
        organisation_id uuid NOT NULL REFERENCES organisations,
        reason text NOT NULL,
        declared_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz
      );
      CREATE UNIQUE INDEX recusals_live ON recusals (user_id, organisation_id) WHERE ended_at IS NULL;

      -- Every right a person holds, whether granted or following from a membership.
      CREATE VIEW actor_rights AS
        SELECT user_id, role, scope_kind, scope_code FROM grants WHERE revoked_at IS NULL
        UNION ALL
        SELECT m.user_id, r.role, 'organisation', m.organisation_id::text
        FROM memberships m
        CROSS JOIN LATERAL (VALUES ('applicant', m.is_editor), ('signatory', m.is_signatory), ('organisation-administrator', m.is_administrator)) AS r (role, held)
        WHERE m.state = 'active' AND r.held;

      -- Whose files a person must not judge: its own organisations', asked for or held, and those it declared.
      CREATE VIEW actor_recusals AS
        SELECT user_id, organisation_id FROM memberships WHERE state IN ('requested', 'active')
        UNION
        SELECT user_id, organisation_id FROM recusals WHERE ended_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP VIEW actor_recusals, actor_rights; DROP TABLE recusals, memberships, organisations, sign_in_failures, one_time_tokens, sessions, grants, users;`,
    );
  }
}
