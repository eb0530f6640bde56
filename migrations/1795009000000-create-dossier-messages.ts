import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an organisation and those who instruct its dossier write to each other about it, and who is told. */
export class CreateDossierMessages1795009000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE dossier_messages (
        id uuid PRIMARY KEY,
        dossier_id uuid NOT NULL REFERENCES dossiers,
        author_id uuid NOT NULL REFERENCES users,
        -- For whom the author spoke then, whatever they become.
        side text NOT NULL CHECK (side IN ('organisation', 'administration')),
        visibility text NOT NULL CHECK (visibility IN ('all', 'staff')),
        text text NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
        posted_at timestamptz NOT NULL,
        CHECK (visibility = 'all' OR side = 'administration')
      );
      CREATE INDEX dossier_messages_by_dossier ON dossier_messages (dossier_id, id);
      -- They are part of the file.
      CREATE TRIGGER dossier_messages_are_append_only BEFORE UPDATE OR DELETE ON dossier_messages FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER dossier_messages_are_never_truncated BEFORE TRUNCATE ON dossier_messages FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE VIEW dossier_message_rows AS
        SELECT m.id, m.dossier_id, m.author_id, u.name AS author_name, m.side, m.visibility, m.text, m.posted_at
        FROM dossier_messages m JOIN users u ON u.id = m.author_id;

      CREATE VIEW notified_dossier_messages AS
        SELECT m.id, m.dossier_id, m.author_id, m.author_name, m.side, m.visibility, m.text, m.posted_at, d.number, d.title, o.name AS organisation_name
        FROM dossier_message_rows m JOIN dossiers d ON d.id = m.dossier_id JOIN organisations o ON o.id = d.organisation_id;

      -- Who takes part in the thread of a message, and may read that one now.
      CREATE VIEW notified_message_readers AS
        SELECT m.id AS message_id, p.user_id, 'organisation' AS side, p.is_editor OR p.is_signatory AS is_team
        FROM dossier_messages m JOIN dossiers d ON d.id = m.dossier_id JOIN notified_members p ON p.organisation_id = d.organisation_id
        WHERE m.visibility = 'all'
        UNION
        SELECT m.id, s.user_id, 'administration', false
        FROM dossier_messages m
        JOIN dossiers d ON d.id = m.dossier_id
        JOIN dossier_perimeters p ON p.dossier_id = d.id
        JOIN notified_staff s ON s.scope_kind = p.kind AND s.scope_code = p.code
        WHERE s.role IN ('instructor', 'delegate', 'prefecture', 'coordinator', 'partner')
          AND NOT EXISTS (SELECT FROM notified_recusals r WHERE r.user_id = s.user_id AND r.organisation_id = d.organisation_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW notified_message_readers, notified_dossier_messages, dossier_message_rows; DROP TABLE dossier_messages;`);
  }
}
