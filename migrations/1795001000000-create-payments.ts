import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePayments1795001000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When a grant is to be paid. A schedule is replaced whole: what a request was made for stays readable.
      CREATE TABLE payment_installments (
        id uuid PRIMARY KEY,
        funding_line_id uuid NOT NULL REFERENCES funding_lines,
        position integer NOT NULL CHECK (position >= 0),
        label text NOT NULL CHECK (length(label) BETWEEN 1 AND 200),
        amount_cents bigint NOT NULL CHECK (amount_cents > 0),
        due_on date NOT NULL,
        condition text NOT NULL CHECK (condition IN ('date', 'signature', 'interim-report', 'final-report')),
        replaced_at timestamptz
      );
      CREATE UNIQUE INDEX payment_installments_live ON payment_installments (funding_line_id, position) WHERE replaced_at IS NULL;

      -- What the funder's people asked their accountant to pay.
      CREATE TABLE payment_requests (
        id uuid PRIMARY KEY,
        funding_line_id uuid NOT NULL REFERENCES funding_lines,
        installment_id uuid REFERENCES payment_installments,
        amount_cents bigint NOT NULL CHECK (amount_cents > 0),
        requested_by uuid NOT NULL REFERENCES users,
        requested_at timestamptz NOT NULL
      );
      CREATE INDEX payment_requests_by_line ON payment_requests (funding_line_id);

      -- What was paid, confirmed by hand or by an extraction of Chorus. A mistake is reversed, never removed.
      CREATE TABLE payments (
        id uuid PRIMARY KEY,
        funding_line_id uuid NOT NULL REFERENCES funding_lines,
        amount_cents bigint NOT NULL CHECK (amount_cents > 0),
        paid_on date NOT NULL,
        reference text NOT NULL CHECK (length(reference) BETWEEN 1 AND 200),
        source text NOT NULL CHECK (source IN ('hand', 'chorus')),
        confirmed_by uuid NOT NULL REFERENCES users,
        confirmed_at timestamptz NOT NULL,
        reversed_by uuid REFERENCES users,
        reversed_at timestamptz,
        reversal_reason text CHECK (length(reversal_reason) > 0),
        CHECK ((reversed_at IS NULL) = (reversed_by IS NULL) AND (reversed_at IS NULL) = (reversal_reason IS NULL))
      );
      CREATE INDEX payments_by_line ON payments (funding_line_id);
      CREATE TRIGGER payments_are_kept BEFORE DELETE ON payments FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER payments_are_never_truncated BEFORE TRUNCATE ON payments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      -- A payment is reversed once; nothing else of it changes.
      CREATE TRIGGER payments_do_not_change BEFORE UPDATE ON payments FOR EACH ROW
        WHEN ((OLD.id, OLD.funding_line_id, OLD.amount_cents, OLD.paid_on, OLD.reference, OLD.source, OLD.confirmed_by, OLD.confirmed_at)
              IS DISTINCT FROM (NEW.id, NEW.funding_line_id, NEW.amount_cents, NEW.paid_on, NEW.reference, NEW.source, NEW.confirmed_by, NEW.confirmed_at)
              OR OLD.reversed_at IS NOT NULL)
        EXECUTE FUNCTION refuse_change();

      -- What payments read of a line and of whose it is.
      CREATE VIEW payable_lines AS
        SELECT l.id, l.version, l.state, l.year, l.dossier_id, d.number AS dossier_number, l.organisation_id, o.name AS organisation_name, o.siret,
               f.code AS funder_code, f.name AS funder_name, f.department_code, f.code LIKE 'P147-%' AS is_programme147,
               l.granted_cents, l.paid_cents, l.ej_number, l.notified_at,
               (SELECT coalesce(json_agg(json_build_object('kind', p.kind, 'code', p.code)), '[]')
                FROM dossier_perimeters p WHERE p.dossier_id = l.dossier_id) AS perimeter
        FROM funding_lines l
        JOIN dossiers d ON d.id = l.dossier_id
        JOIN organisations o ON o.id = l.organisation_id
        JOIN funders f ON f.id = l.funder_id
        WHERE d.submitted_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW payable_lines;
      DROP TABLE payments, payment_requests, payment_installments;
    `);
  }
}
