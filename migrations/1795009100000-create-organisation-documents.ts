import type { MigrationInterface, QueryRunner } from 'typeorm';

const BEFORE = ['signed-act', 'chorus-extraction', 'report-attachment'];
const ADDED = 'organisation-document';

/** The papers that an organisation gives once, for all its dossiers, and what was said of their end. */
export class CreateOrganisationDocuments1795009100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${purposes([...BEFORE, ADDED])}
      CREATE TABLE organisation_documents (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES organisations,
        kind text NOT NULL CHECK (kind IN ('statutes', 'bank-details', 'officers-list', 'annual-accounts', 'activity-report', 'insurance-certificate', 'accreditation')),
        file_id uuid NOT NULL UNIQUE REFERENCES files,
        -- As the file was when it was given.
        name text NOT NULL,
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        issued_on date,
        -- Last day it is good for; none for what lasts until it is replaced.
        valid_until date,
        added_by uuid NOT NULL REFERENCES users,
        added_at timestamptz NOT NULL,
        superseded_at timestamptz,
        CHECK (valid_until >= issued_on),
        CHECK (superseded_at >= added_at)
      );
      CREATE UNIQUE INDEX organisation_documents_current ON organisation_documents (organisation_id, kind) WHERE superseded_at IS NULL;
      CREATE INDEX organisation_documents_by_organisation ON organisation_documents (organisation_id, id DESC);
      CREATE INDEX organisation_documents_by_end ON organisation_documents (valid_until) WHERE superseded_at IS NULL;
      CREATE TRIGGER organisation_documents_are_kept BEFORE DELETE ON organisation_documents FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER organisation_documents_are_frozen BEFORE UPDATE ON organisation_documents FOR EACH ROW
        WHEN ((OLD.id, OLD.organisation_id, OLD.kind, OLD.file_id, OLD.name, OLD.sha256, OLD.issued_on, OLD.valid_until, OLD.added_by, OLD.added_at)
              IS DISTINCT FROM
              (NEW.id, NEW.organisation_id, NEW.kind, NEW.file_id, NEW.name, NEW.sha256, NEW.issued_on, NEW.valid_until, NEW.added_by, NEW.added_at)
              OR OLD.superseded_at IS NOT NULL)
        EXECUTE FUNCTION refuse_change();

      CREATE VIEW organisation_document_rows AS
        SELECT d.id, d.organisation_id, d.kind, d.file_id, d.name, d.sha256, f.media_type, f.size_bytes, d.issued_on, d.valid_until, d.added_at,
               u.name AS added_by_name, d.superseded_at
        FROM organisation_documents d JOIN files f ON f.id = d.file_id JOIN users u ON u.id = d.added_by;

      -- From where the dossiers that an organisation submitted are seen: narrower than from where the organisation itself is.
      CREATE VIEW organisation_file_perimeters AS
        SELECT id AS organisation_id, 'organisation' AS kind, id::text AS code FROM organisations
        UNION
        SELECT d.organisation_id, p.kind, p.code
        FROM dossiers d JOIN dossier_perimeters p ON p.dossier_id = d.id
        WHERE d.submitted_at IS NOT NULL AND p.kind <> 'organisation';

      -- What was said of the end of each document: once a step, however late the clock.
      CREATE TABLE document_reminders (
        document_id uuid NOT NULL REFERENCES organisation_documents,
        step text NOT NULL CHECK (step IN ('month', 'expired')),
        reminded_at timestamptz NOT NULL,
        PRIMARY KEY (document_id, step)
      );

      CREATE VIEW notified_documents AS
        SELECT d.id, d.organisation_id, o.name AS organisation_name, d.kind, d.name, d.valid_until, (d.added_at AT TIME ZONE 'Europe/Paris')::date AS added_on
        FROM organisation_documents d JOIN organisations o ON o.id = d.organisation_id
        WHERE d.superseded_at IS NULL AND d.valid_until IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    // A file that lost what it was attached to goes too; the purge removes its content.
    await runner.query(`
      DROP VIEW notified_documents; DROP TABLE document_reminders;
      DROP VIEW organisation_file_perimeters, organisation_document_rows; DROP TABLE organisation_documents;
      ALTER TABLE files DISABLE TRIGGER attached_files_are_kept;
      DELETE FROM files WHERE purpose = '${ADDED}';
      ALTER TABLE files ENABLE TRIGGER attached_files_are_kept;
      ${purposes(BEFORE)}
    `);
  }
}

const purposes = (names: readonly string[]): string => `
      ALTER TABLE files DROP CONSTRAINT files_purpose_check;
      ALTER TABLE files ADD CONSTRAINT files_purpose_check CHECK (purpose IN (${names.map((name) => `'${name}'`).join(', ')}));`;
