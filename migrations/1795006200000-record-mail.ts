import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of each mail: what the server said, and what came back. */
export class RecordMail1795006200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE deliveries DROP CONSTRAINT deliveries_state_check, DROP CONSTRAINT deliveries_check;
      ALTER TABLE deliveries
        ADD CONSTRAINT deliveries_state_check CHECK (state IN ('queued', 'sent', 'bounced', 'failed', 'cancelled')),
        ADD CONSTRAINT deliveries_sent_check CHECK ((state IN ('sent', 'bounced')) = (sent_at IS NOT NULL)),
        ADD CONSTRAINT deliveries_bounced_check CHECK (state <> 'bounced' OR failure IS NOT NULL);

      -- One row a mail and answer: a server that says the same thing a hundred times says it once, a hundred times. No address (scrubbed).
      CREATE TABLE mail_attempts (
        mail_id uuid NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('sent', 'deferred', 'refused', 'given-up')),
        -- SMTP reply code; null when no server answered.
        reply_code integer CHECK (reply_code BETWEEN 200 AND 599),
        reply text NOT NULL CHECK (length(reply) <= 300),
        tries integer NOT NULL DEFAULT 1 CHECK (tries > 0),
        first_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL CHECK (last_at >= first_at),
        UNIQUE NULLS NOT DISTINCT (mail_id, outcome, reply_code)
      );

      -- source: refused by the recipient's server on the spot, or reported later (RFC 3464). address_sha256: of the address then written to, so
      -- that a person who corrects theirs starts afresh.
      CREATE TABLE mail_bounces (
        id uuid PRIMARY KEY,
        mail_id uuid NOT NULL,
        user_id uuid NOT NULL REFERENCES users,
        source text NOT NULL CHECK (source IN ('smtp', 'report')),
        severity text NOT NULL CHECK (severity IN ('hard', 'soft', 'delay')),
        status text CHECK (status ~ '^[245][.][0-9]{1,3}[.][0-9]{1,3}$'),
        diagnostic text NOT NULL CHECK (length(diagnostic) <= 300),
        address_sha256 bytea NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid REFERENCES users,
        UNIQUE NULLS NOT DISTINCT (mail_id, source, severity, status),
        CHECK ((source = 'report') = (recorded_by IS NOT NULL))
      );
      CREATE INDEX mail_bounces_by_user ON mail_bounces (user_id, severity);

      -- Two mails that came back for good from the address that the person still has.
      CREATE VIEW flagged_addresses AS
        SELECT b.user_id, count(DISTINCT b.mail_id)::int AS hard_bounces, max(b.recorded_at) AS last_at
        FROM mail_bounces b JOIN users u ON u.id = b.user_id
        WHERE b.severity = 'hard' AND b.address_sha256 = sha256(convert_to(lower(u.email::text), 'UTF8'))
        GROUP BY b.user_id
        HAVING count(DISTINCT b.mail_id) >= 2;

      -- What a dossier was told about: by itself, by its acts, by the results of its lines.
      CREATE INDEX deliveries_by_object ON deliveries (object_type, object_id);
      CREATE INDEX deliveries_by_dossier ON deliveries ((refs ->> 'dossierId'));
      CREATE VIEW notified_dossier_lines AS SELECT id, dossier_id FROM funding_lines;
      CREATE VIEW notified_act_dossiers AS
        SELECT DISTINCT a.act_id, l.dossier_id FROM act_lines a JOIN funding_lines l ON l.id = a.funding_line_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW notified_act_dossiers, notified_dossier_lines, flagged_addresses;
      DROP INDEX deliveries_by_dossier, deliveries_by_object;
      DROP TABLE mail_bounces, mail_attempts;
      UPDATE deliveries SET state = 'failed', sent_at = NULL WHERE state = 'bounced';
      ALTER TABLE deliveries DROP CONSTRAINT deliveries_bounced_check, DROP CONSTRAINT deliveries_sent_check, DROP CONSTRAINT deliveries_state_check;
      ALTER TABLE deliveries
        ADD CONSTRAINT deliveries_state_check CHECK (state IN ('queued', 'sent', 'failed', 'cancelled')),
        ADD CONSTRAINT deliveries_check CHECK ((state = 'sent') = (sent_at IS NOT NULL));
    `);
  }
}
