import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How each person wants to be told; and mail that waits: for a digest, for the morning, or for others of its kind. */
export class LetPeopleChooseMessages1795006100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notification_preferences (
        user_id uuid PRIMARY KEY REFERENCES users,
        -- 0: never chosen.
        version integer NOT NULL DEFAULT 0 CHECK (version >= 0),
        time_zone text NOT NULL DEFAULT 'Europe/Paris' CHECK (length(time_zone) BETWEEN 1 AND 100),
        -- Wall clock in that zone; past midnight when it ends before it begins.
        quiet_from time,
        quiet_to time,
        updated_at timestamptz,
        CHECK ((quiet_from IS NULL) = (quiet_to IS NULL)),
        CHECK (quiet_from <> quiet_to)
      );
      -- What differs from 'immediate', which a kind that nobody has chosen about is.
      CREATE TABLE notification_choices (
        user_id uuid NOT NULL REFERENCES notification_preferences,
        kind text NOT NULL,
        channel text NOT NULL CHECK (channel IN ('inbox', 'mail')),
        cadence text NOT NULL CHECK (cadence IN ('daily', 'weekly', 'off')),
        PRIMARY KEY (user_id, kind, channel),
        CHECK (channel = 'mail' OR cadence = 'off')
      );

      -- cadence: whether it leaves alone or in a digest. due_at: from when it may leave. mail_id: the mail that it leaves in, alone or with others;
      -- null as long as it waits.
      ALTER TABLE deliveries
        ADD COLUMN cadence text NOT NULL DEFAULT 'immediate' CHECK (cadence IN ('immediate', 'daily', 'weekly')),
        ADD COLUMN due_at timestamptz,
        ADD COLUMN mail_id uuid;
      UPDATE deliveries SET due_at = created_at, mail_id = id;
      ALTER TABLE deliveries ADD CHECK (mail_id IS NOT NULL OR state IN ('queued', 'cancelled'));
      CREATE INDEX deliveries_by_mail ON deliveries (mail_id);
      CREATE INDEX deliveries_waiting ON deliveries (due_at) WHERE mail_id IS NULL AND state = 'queued';
      CREATE INDEX deliveries_recent ON deliveries (user_id, kind, due_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX deliveries_recent;
      ALTER TABLE deliveries DROP COLUMN mail_id, DROP COLUMN due_at, DROP COLUMN cadence;
      DROP TABLE notification_choices, notification_preferences;
    `);
  }
}
