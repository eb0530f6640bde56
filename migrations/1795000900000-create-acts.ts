import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Acts: what grants, amends or refuses on paper; their series, documents, and the wall around notified amounts. */
export class CreateActs1795000900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Of the year on, until another one: a decree may change them.
      CREATE TABLE act_thresholds (
        name text NOT NULL CHECK (name IN ('agreement', 'certified-accounts')),
        from_year integer NOT NULL,
        amount_cents bigint NOT NULL CHECK (amount_cents > 0),
        source text NOT NULL,
        PRIMARY KEY (name, from_year)
      );
      INSERT INTO act_thresholds (name, from_year, amount_cents, source) VALUES
        ('agreement', 2024, 2300000, 'loi n° 2000-321 du 12 avril 2000, art. 10 ; décret n° 2001-495 du 6 juin 2001, art. 1'),
        ('certified-accounts', 2024, 15300000, 'code de commerce, art. L. 612-4 et D. 612-5 ; décret n° 2009-540 du 14 mai 2009');

      -- The last number given in each series. A row and not a sequence: a rolled-back act gives its number back.
      CREATE TABLE act_series (
        funder_id uuid NOT NULL REFERENCES funders,
        year integer NOT NULL,
        last integer NOT NULL CHECK (last > 0),
        PRIMARY KEY (funder_id, year)
      );
      CREATE SEQUENCE refusal_letter_numbers;

      CREATE TABLE acts (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('order', 'agreement', 'cpo', 'amendment', 'refusal-letter')),
        number text NOT NULL UNIQUE,
        -- Rank in the series of the funder and year; letters of refusal have none.
        rank integer CHECK (rank > 0),
        state text NOT NULL DEFAULT 'prepared' CHECK (state IN ('prepared', 'signed', 'notified', 'void')),
        version integer NOT NULL DEFAULT 1,
        funder_id uuid NOT NULL REFERENCES funders,
        organisation_id uuid NOT NULL REFERENCES organisations,
        call_id uuid NOT NULL REFERENCES calls,
        year integer NOT NULL,
        amends_id uuid REFERENCES acts,
        amount_cents bigint NOT NULL CHECK (amount_cents >= 0),
        is_bilateral boolean NOT NULL,
        content jsonb NOT NULL,
        content_sha256 text NOT NULL CHECK (content_sha256 ~ '^[0-9a-f]{64}$'),
        prepared_by uuid NOT NULL REFERENCES users,
        prepared_at timestamptz NOT NULL,
        prepared_on date NOT NULL,
        signed_on date,
        signed_at timestamptz,
        signed_by uuid REFERENCES users,
        -- As it was that day.
        signatory_name text,
        signature_method text CHECK (signature_method IN ('platform', 'scan')),
        signature_place text,
        -- Of a scan: the signed copy, as it was uploaded.
        signed_file_id uuid,
        signed_sha256 text CHECK (signed_sha256 ~ '^[0-9a-f]{64}$'),
        beneficiary_signed_on date CHECK (beneficiary_signed_on IS NULL OR is_bilateral),
        notified_on date,
        notified_at timestamptz,
        voided_at timestamptz,
        void_reason text,
        UNIQUE (funder_id, year, rank),
        CHECK ((kind = 'refusal-letter') = (rank IS NULL)),
        CHECK ((kind = 'refusal-letter') = (amount_cents = 0)),
        CHECK ((kind = 'amendment') = (amends_id IS NOT NULL)),
        CHECK ((state IN ('signed', 'notified')) = (signed_on IS NOT NULL)),
        CHECK (signed_on IS NULL OR (signed_at IS NOT NULL AND signed_by IS NOT NULL AND signatory_name IS NOT NULL AND signature_method IS NOT NULL AND signed_on >= prepared_on)),
        CHECK ((signature_method = 'scan') = (signed_file_id IS NOT NULL) AND (signed_file_id IS NULL) = (signed_sha256 IS NULL)),
        CHECK ((state = 'notified') = (notified_on IS NOT NULL)),
        CHECK (notified_on IS NULL OR (notified_at IS NOT NULL AND notified_on >= signed_on AND (NOT is_bilateral OR beneficiary_signed_on IS NOT NULL))),
        CHECK ((state = 'void') = (voided_at IS NOT NULL) AND (voided_at IS NULL) = (void_reason IS NULL))
      );
      CREATE INDEX acts_by_call ON acts (call_id, id);
      CREATE INDEX acts_by_organisation ON acts (organisation_id, id);
      CREATE INDEX acts_by_amended ON acts (amends_id) WHERE amends_id IS NOT NULL;
      CREATE TRIGGER acts_are_never_deleted BEFORE DELETE ON acts FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER acts_are_frozen BEFORE UPDATE ON acts FOR EACH ROW
        WHEN ((OLD.kind, OLD.number, OLD.rank, OLD.funder_id, OLD.organisation_id, OLD.call_id, OLD.year, OLD.amends_id, OLD.amount_cents, OLD.is_bilateral,
               OLD.content, OLD.content_sha256, OLD.prepared_by, OLD.prepared_at, OLD.prepared_on) IS DISTINCT FROM
              (NEW.kind, NEW.number, NEW.rank, NEW.funder_id, NEW.organisation_id, NEW.call_id, NEW.year, NEW.amends_id, NEW.amount_cents, NEW.is_bilateral,
               NEW.content, NEW.content_sha256, NEW.prepared_by, NEW.prepared_at, NEW.prepared_on))
        EXECUTE FUNCTION refuse_change();

      CREATE TABLE act_lines (
        act_id uuid NOT NULL REFERENCES acts,
        funding_line_id uuid NOT NULL REFERENCES funding_lines,
        purpose text NOT NULL CHECK (purpose IN ('grant', 'amendment', 'refusal')),
        amount_cents bigint NOT NULL CHECK (amount_cents >= 0),
        -- A grant or a refusal until it is void; an amendment until it is signed or void.
        live boolean NOT NULL DEFAULT true,
        PRIMARY KEY (act_id, funding_line_id),
        CHECK ((purpose = 'refusal') = (amount_cents = 0))
      );
      CREATE UNIQUE INDEX act_lines_one_live ON act_lines (funding_line_id, purpose) WHERE live;
      CREATE INDEX act_lines_by_line ON act_lines (funding_line_id);

      -- The bytes of each document: a later renderer would draw the same words otherwise. By the hash of what they say, signatures included.
      CREATE TABLE act_documents (
        act_id uuid NOT NULL REFERENCES acts,
        facts_sha256 text NOT NULL,
        pdf bytea NOT NULL,
        pdf_sha256 text NOT NULL,
        rendered_at timestamptz NOT NULL,
        PRIMARY KEY (act_id, facts_sha256)
      );
      CREATE TRIGGER act_documents_are_append_only BEFORE UPDATE OR DELETE ON act_documents FOR EACH ROW EXECUTE FUNCTION refuse_change();

      -- What signed amendments did to lines. The transaction is kept: it is what lets the amount change, once.
      CREATE TABLE grant_amendments (
        act_id uuid NOT NULL REFERENCES acts,
        funding_line_id uuid NOT NULL REFERENCES funding_lines,
        from_cents bigint NOT NULL,
        to_cents bigint NOT NULL CHECK (to_cents <> from_cents),
        amended_at timestamptz NOT NULL,
        applied_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
        PRIMARY KEY (act_id, funding_line_id)
      );
      CREATE INDEX grant_amendments_by_line ON grant_amendments (funding_line_id);
      CREATE TRIGGER grant_amendments_are_append_only BEFORE UPDATE OR DELETE ON grant_amendments FOR EACH ROW EXECUTE FUNCTION refuse_change();

      CREATE FUNCTION refuse_change_of_notified_amount() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (SELECT FROM grant_amendments a WHERE a.funding_line_id = NEW.id AND a.from_cents = OLD.granted_cents
                         AND a.to_cents = NEW.granted_cents AND a.applied_in = pg_current_xact_id()) THEN
          RAISE EXCEPTION 'the amount of a notified line changes by a signed amendment only' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER notified_amounts_are_immutable BEFORE UPDATE OF granted_cents ON funding_lines FOR EACH ROW
        WHEN (OLD.notified_at IS NOT NULL AND NEW.granted_cents IS DISTINCT FROM OLD.granted_cents) EXECUTE FUNCTION refuse_change_of_notified_amount();

      -- Everywhere an act is seen from: the perimeters of its dossiers.
      CREATE VIEW act_scopes AS
        SELECT a.act_id, p.kind, p.code
        FROM act_lines a JOIN funding_lines l ON l.id = a.funding_line_id JOIN dossier_perimeters p ON p.dossier_id = l.dossier_id;

      -- What an act says of a line.
      CREATE VIEW act_line_facts AS
        SELECT l.id AS funding_line_id, d.number AS dossier_number, a.title AS action_title, a.starts_on, a.ends_on
        FROM funding_lines l JOIN actions a ON a.id = l.action_id JOIN dossiers d ON d.id = l.dossier_id;

      -- Cash grants of public funders that the beneficiary knows of; of what ended, only what it kept.
      CREATE VIEW public_grants AS
        SELECT l.organisation_id, l.year, f.id AS funder_id, f.code AS funder_code, f.name AS funder_name, sum(amount.cents)::bigint AS granted_cents
        FROM funding_lines l
        JOIN funders f ON f.id = l.funder_id
        CROSS JOIN LATERAL (
          SELECT CASE WHEN l.state IN ('not-carried-out', 'repayment-due', 'closed') THEN l.paid_cents ELSE l.granted_cents END AS cents) AS amount
        WHERE l.announced_at IS NOT NULL AND l.granted_cents IS NOT NULL AND l.state NOT IN ('refusal-announced', 'withdrawn', 'cancelled')
          AND f.kind <> 'landlord'
        GROUP BY l.organisation_id, l.year, f.id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW public_grants, act_line_facts, act_scopes;
      DROP TRIGGER notified_amounts_are_immutable ON funding_lines;
      DROP FUNCTION refuse_change_of_notified_amount();
      DROP TABLE grant_amendments, act_documents, act_lines, acts, act_series, act_thresholds;
      DROP SEQUENCE refusal_letter_numbers;
    `);
  }
}
