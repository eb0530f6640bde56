import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that go with a report. */
export class AttachToReports1795001320000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_attachments (
        id uuid PRIMARY KEY,
        report_id uuid NOT NULL REFERENCES reports,
        file_id uuid NOT NULL UNIQUE REFERENCES files,
        label text NOT NULL CHECK (length(label) BETWEEN 1 AND 200),
        -- As the file was when it was attached: what is attested names its content.
        name text NOT NULL,
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        added_by uuid NOT NULL REFERENCES users,
        added_at timestamptz NOT NULL,
        -- Taken off while the report is written; what was attested before may still name it.
        removed_at timestamptz
      );
      CREATE INDEX report_attachments_by_report ON report_attachments (report_id, id) WHERE removed_at IS NULL;
      CREATE TRIGGER report_attachments_are_never_deleted BEFORE DELETE ON report_attachments FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER report_attachments_are_frozen BEFORE UPDATE ON report_attachments FOR EACH ROW
        WHEN ((OLD.id, OLD.report_id, OLD.file_id, OLD.label, OLD.name, OLD.sha256) IS DISTINCT FROM
              (NEW.id, NEW.report_id, NEW.file_id, NEW.label, NEW.name, NEW.sha256) OR OLD.removed_at IS NOT NULL)
        EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE report_attachments;`);
  }
}
