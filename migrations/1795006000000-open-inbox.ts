import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person was told, as they read it on screen. */
export class OpenInbox1795006000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The last rank given to each person. Counting on a row, and not on a sequence, makes who writes to one person queue up: ranks become visible
      -- in their order, and who read up to one has missed none.
      CREATE TABLE inbox_counters (
        user_id uuid PRIMARY KEY REFERENCES users,
        last_rank bigint NOT NULL CHECK (last_rank > 0)
      );

      -- The same id as the mail about it, when there is one: the person knows one message, whichever way it came.
      CREATE TABLE inbox_messages (
        id uuid PRIMARY KEY,
        event_id uuid NOT NULL,
        user_id uuid NOT NULL REFERENCES users,
        rank bigint NOT NULL,
        kind text NOT NULL,
        object_type text NOT NULL CHECK (object_type ~ '^[a-z][a-z-]*$'),
        object_id uuid NOT NULL,
        organisation_id uuid REFERENCES organisations,
        subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
        summary text NOT NULL CHECK (length(summary) <= 300),
        created_at timestamptz NOT NULL,
        read_at timestamptz,
        UNIQUE (event_id, user_id),
        UNIQUE (user_id, rank)
      );
      CREATE INDEX inbox_messages_by_user ON inbox_messages (user_id, id DESC);
      CREATE INDEX inbox_messages_unread ON inbox_messages (user_id) WHERE read_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE inbox_messages, inbox_counters');
  }
}
