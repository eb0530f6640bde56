import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCommittees1795000800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE committees (
        id uuid PRIMARY KEY,
        call_id uuid NOT NULL REFERENCES calls,
        title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
        held_on date NOT NULL,
        place text,
        quorum integer NOT NULL CHECK (quorum BETWEEN 1 AND 100),
        state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'convened', 'held', 'applied', 'closed')),
        version integer NOT NULL DEFAULT 1,
        created_by uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL,
        convened_at timestamptz,
        opened_at timestamptz,
        applied_at timestamptz,
        applied_by uuid REFERENCES users,
        closed_at timestamptz,
        CHECK (state = 'draft' OR convened_at IS NOT NULL),
        CHECK (state IN ('draft', 'convened') OR opened_at IS NOT NULL),
        CHECK (state NOT IN ('applied', 'closed') OR (applied_at IS NOT NULL AND applied_by IS NOT NULL)),
        CHECK (state <> 'closed' OR closed_at IS NOT NULL)
      );
      CREATE INDEX committees_by_call ON committees (call_id, id);

      -- A member may be a user of the platform, or a name alone: not everyone who sits has an account.
      CREATE TABLE committee_members (
        id uuid PRIMARY KEY,
        committee_id uuid NOT NULL REFERENCES committees,
        position integer NOT NULL,
        user_id uuid REFERENCES users,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        institution text NOT NULL CHECK (length(institution) BETWEEN 1 AND 300),
        funder_code text REFERENCES funders (code),
        present boolean,
        UNIQUE (committee_id, position),
        UNIQUE (committee_id, user_id),
        UNIQUE (id, committee_id)
      );
      -- Who takes no part in what is said of an organisation; automatic when their membership or declared conflict says so.
      CREATE TABLE committee_recusals (
        committee_id uuid NOT NULL,
        member_id uuid NOT NULL,
        organisation_id uuid NOT NULL REFERENCES organisations,
        reason text NOT NULL,
        source text NOT NULL CHECK (source IN ('declared', 'automatic')),
        PRIMARY KEY (committee_id, member_id, organisation_id),
        FOREIGN KEY (member_id, committee_id) REFERENCES committee_members (id, committee_id)
      );

      -- The agenda, and what was decided of each line.
      CREATE TABLE committee_lines (
        committee_id uuid NOT NULL REFERENCES committees,
        funding_line_id uuid NOT NULL REFERENCES funding_lines,
        position integer NOT NULL,
        -- False once the decisions are applied: the line may then come before another session.
        live boolean NOT NULL DEFAULT true,
        decision text CHECK (decision IN ('proposed', 'adjourned', 'unfavourable')),
        amount_cents bigint CHECK (amount_cents > 0),
        envelope_id uuid REFERENCES envelopes,
        reason text,
        PRIMARY KEY (committee_id, funding_line_id),
        UNIQUE (committee_id, position),
        CHECK ((decision = 'proposed') IS NOT DISTINCT FROM (amount_cents IS NOT NULL) OR decision IS NULL),
        CHECK (decision IS NOT NULL OR (amount_cents IS NULL AND envelope_id IS NULL AND reason IS NULL)),
        CHECK (decision NOT IN ('adjourned', 'unfavourable') OR reason IS NOT NULL)
      );
      CREATE UNIQUE INDEX committee_lines_live ON committee_lines (funding_line_id) WHERE live;

      -- Frozen when the session is closed: content word for word, with its hash.
      CREATE TABLE committee_minutes (
        committee_id uuid PRIMARY KEY REFERENCES committees,
        content jsonb NOT NULL,
        content_hash bytea NOT NULL CHECK (length(content_hash) = 32),
        closed_by uuid NOT NULL REFERENCES users,
        at timestamptz NOT NULL
      );
      CREATE TRIGGER committee_minutes_are_frozen BEFORE UPDATE OR DELETE ON committee_minutes FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER committee_minutes_are_never_truncated BEFORE TRUNCATE ON committee_minutes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE committee_minutes, committee_lines, committee_recusals, committee_members, committees;`);
  }
}
