import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateFiles1795000610000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What people upload. A row is written once the content is complete and stored; the content is kept elsewhere, by the id.
      CREATE TABLE files (
        id uuid PRIMARY KEY,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        media_type text NOT NULL,
        size_bytes bigint NOT NULL CHECK (size_bytes > 0),
        sha256 bytea NOT NULL CHECK (length(sha256) = 32),
        purpose text NOT NULL CHECK (purpose IN ('signed-act', 'chorus-extraction', 'report-attachment')),
        uploaded_by uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL,
        -- What it is attached to, once and for ever.
        owner_type text,
        owner_id uuid,
        CHECK ((owner_type IS NULL) = (owner_id IS NULL))
      );
      CREATE INDEX files_unattached ON files (created_at) WHERE owner_id IS NULL;
      CREATE TRIGGER attached_files_are_kept BEFORE DELETE ON files
        FOR EACH ROW WHEN (OLD.owner_id IS NOT NULL) EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER files_do_not_change BEFORE UPDATE ON files FOR EACH ROW
        WHEN ((OLD.id, OLD.name, OLD.media_type, OLD.size_bytes, OLD.sha256, OLD.purpose, OLD.uploaded_by, OLD.created_at)
              IS DISTINCT FROM (NEW.id, NEW.name, NEW.media_type, NEW.size_bytes, NEW.sha256, NEW.purpose, NEW.uploaded_by, NEW.created_at)
              OR OLD.owner_id IS NOT NULL)
        EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE files;`);
  }
}
