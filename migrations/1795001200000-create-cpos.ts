import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Multi-year agreements (conventions pluriannuelles d'objectifs): the funding lines of 3 or 4 years linked as one grant. */
export class CreateCpos1795001200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE cpos (
        id uuid PRIMARY KEY,
        action_id uuid NOT NULL,
        dossier_id uuid NOT NULL,
        call_id uuid NOT NULL REFERENCES calls,
        organisation_id uuid NOT NULL REFERENCES organisations,
        funder_id uuid NOT NULL REFERENCES funders,
        scheme text,
        first_year integer NOT NULL CHECK (first_year BETWEEN 2024 AND 2100),
        last_year integer NOT NULL CHECK (last_year - first_year BETWEEN 2 AND 3),
        state text NOT NULL CHECK (state IN ('negotiation', 'signed', 'active', 'ended', 'terminated', 'abandoned')),
        version integer NOT NULL DEFAULT 1,
        reference text CHECK (length(reference) BETWEEN 1 AND 200),
        signed_on date,
        beneficiary_signed_on date,
        signed_by uuid REFERENCES users,
        -- The act that it was signed by, when the platform made it.
        act_id uuid,
        -- Why it was abandoned or terminated, and from when on.
        reason text,
        ended_on date,
        created_by uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL,
        FOREIGN KEY (action_id, dossier_id) REFERENCES actions (id, dossier_id),
        UNIQUE (id, action_id),
        CONSTRAINT cpos_signed CHECK ((state IN ('negotiation', 'abandoned')) = (signed_on IS NULL) AND (signed_on IS NULL) = (signed_by IS NULL)),
        CONSTRAINT cpos_ended CHECK ((state IN ('ended', 'terminated', 'abandoned')) = (ended_on IS NOT NULL)),
        CONSTRAINT cpos_end_has_reason CHECK (state NOT IN ('terminated', 'abandoned') OR reason IS NOT NULL)
      );
      CREATE UNIQUE INDEX cpos_live ON cpos (action_id, funder_id, coalesce(scheme, '')) WHERE state IN ('negotiation', 'signed', 'active');
      CREATE INDEX cpos_by_organisation ON cpos (organisation_id, id);
      CREATE INDEX cpos_by_years ON cpos (first_year, last_year, id);

      -- The fact that opens a tranche: the report on the year before was accepted. Written by whoever accepts reports; never taken back.
      CREATE TABLE cpo_interim_reports (
        action_id uuid NOT NULL REFERENCES actions,
        year integer NOT NULL CHECK (year BETWEEN 2024 AND 2100),
        report_id uuid NOT NULL,
        accepted_at timestamptz NOT NULL,
        PRIMARY KEY (action_id, year)
      );
      CREATE TRIGGER cpo_interim_reports_are_append_only BEFORE UPDATE OR DELETE ON cpo_interim_reports FOR EACH ROW EXECUTE FUNCTION refuse_change();

      CREATE TABLE cpo_tranches (
        cpo_id uuid NOT NULL,
        action_id uuid NOT NULL,
        rank integer NOT NULL CHECK (rank BETWEEN 1 AND 4),
        year integer NOT NULL,
        funding_line_id uuid NOT NULL REFERENCES funding_lines,
        amount_cents bigint NOT NULL CHECK (amount_cents BETWEEN 1 AND 99999999999999),
        confirmed_at timestamptz,
        confirmed_by uuid REFERENCES users,
        -- The year whose accepted report opened it; the first tranche needs none.
        report_year integer,
        PRIMARY KEY (cpo_id, year),
        UNIQUE (cpo_id, rank),
        UNIQUE (cpo_id, funding_line_id),
        FOREIGN KEY (cpo_id, action_id) REFERENCES cpos (id, action_id),
        FOREIGN KEY (action_id, report_year) REFERENCES cpo_interim_reports (action_id, year),
        CONSTRAINT cpo_tranches_confirmed CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL)),
        CONSTRAINT cpo_tranches_gate CHECK (confirmed_at IS NULL OR rank = 1 OR (report_year IS NOT NULL AND report_year = year - 1))
      );
      CREATE INDEX cpo_tranches_by_line ON cpo_tranches (funding_line_id);

      -- One identity across the years: the same action, funder and scheme as the CPO.
      CREATE FUNCTION check_tranche_line() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (
          SELECT FROM cpos c JOIN funding_lines l ON l.id = NEW.funding_line_id
          WHERE c.id = NEW.cpo_id AND l.action_id = c.action_id AND l.funder_id = c.funder_id AND l.scheme IS NOT DISTINCT FROM c.scheme
            AND l.year = NEW.year AND NEW.year = c.first_year + NEW.rank - 1 AND NEW.year <= c.last_year
        ) THEN
          RAISE EXCEPTION 'a tranche is the line of its CPO and year' USING ERRCODE = 'check_violation', CONSTRAINT = 'cpo_tranches_identity';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER cpo_tranches_identity BEFORE INSERT OR UPDATE OF cpo_id, year, rank, funding_line_id ON cpo_tranches
        FOR EACH ROW EXECUTE FUNCTION check_tranche_line();

      -- What each negotiation and amendment agreed on.
      CREATE TABLE cpo_versions (
        cpo_id uuid NOT NULL REFERENCES cpos,
        number integer NOT NULL CHECK (number >= 1),
        tranches jsonb NOT NULL,
        reason text,
        written_by uuid NOT NULL REFERENCES users,
        written_at timestamptz NOT NULL,
        PRIMARY KEY (cpo_id, number)
      );
      CREATE TRIGGER cpo_versions_are_append_only BEFORE UPDATE OR DELETE ON cpo_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();

      -- Only its CPO decides on a line that is held: see assertNotHeld.
      ALTER TABLE funding_lines ADD held_by_cpo uuid REFERENCES cpos;

      -- The last wall: whoever writes it, a later year is not granted before the report on the year before is accepted.
      CREATE FUNCTION check_tranche_gate() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (
          SELECT FROM cpo_tranches t
          WHERE t.cpo_id = NEW.held_by_cpo AND t.funding_line_id = NEW.id
            AND (t.rank = 1 OR EXISTS (SELECT FROM cpo_interim_reports r WHERE r.action_id = t.action_id AND r.year = t.year - 1))
        ) THEN
          RAISE EXCEPTION 'a later tranche waits for the report on the year before' USING ERRCODE = 'check_violation', CONSTRAINT = 'cpo_tranche_gate';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER funding_lines_tranche_gate BEFORE UPDATE OF state ON funding_lines
        FOR EACH ROW WHEN (NEW.held_by_cpo IS NOT NULL AND NEW.state = 'approved' AND OLD.state <> 'approved') EXECUTE FUNCTION check_tranche_gate();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER funding_lines_tranche_gate ON funding_lines;
      DROP FUNCTION check_tranche_gate();
      ALTER TABLE funding_lines DROP held_by_cpo;
      DROP TABLE cpo_versions, cpo_tranches, cpo_interim_reports, cpos;
      DROP FUNCTION check_tranche_line();
    `);
  }
}
