import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is told what; and what messages read of the modules below, always as it is when they are written. */
export class CreateNotifications1795000540000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row a person and event: what makes "once" true. Neither address, nor text, nor token: refs holds ids (and instants) only.
      CREATE TABLE deliveries (
        id uuid PRIMARY KEY,
        event_id uuid NOT NULL,
        user_id uuid NOT NULL REFERENCES users,
        channel text NOT NULL DEFAULT 'mail' CHECK (channel IN ('mail')),
        kind text NOT NULL,
        object_type text NOT NULL CHECK (object_type IN ('user', 'membership', 'dossier', 'call')),
        object_id uuid NOT NULL,
        organisation_id uuid REFERENCES organisations,
        refs jsonb NOT NULL,
        state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed', 'cancelled')),
        subject text,
        created_at timestamptz NOT NULL,
        sent_at timestamptz,
        failure text,
        UNIQUE (event_id, user_id, channel),
        CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
        CHECK (state <> 'failed' OR failure IS NOT NULL)
      );
      CREATE INDEX deliveries_by_user ON deliveries (user_id, id DESC);

      CREATE VIEW notified_people AS
        SELECT id, email::text AS email, name, email_confirmed_at IS NOT NULL AS is_confirmed, disabled_at IS NOT NULL AS is_disabled FROM users;

      CREATE VIEW notified_tokens AS SELECT id, user_id, purpose, expires_at, used_at FROM one_time_tokens;

      -- Active members and staff who can be written to.
      CREATE VIEW notified_members AS
        SELECT m.organisation_id, m.user_id, m.is_editor, m.is_signatory, m.is_administrator
        FROM memberships m JOIN users u ON u.id = m.user_id
        WHERE m.state = 'active' AND u.email_confirmed_at IS NOT NULL AND u.disabled_at IS NULL;
      CREATE VIEW notified_staff AS
        SELECT g.user_id, g.role, g.scope_kind, g.scope_code
        FROM grants g JOIN users u ON u.id = g.user_id
        WHERE g.revoked_at IS NULL AND u.email_confirmed_at IS NOT NULL AND u.disabled_at IS NULL;

      -- What an invited person will be able to do, and who gave it.
      CREATE VIEW notified_grants AS
        SELECT g.id, g.user_id, g.role, s.label AS scope_label, u.name AS granted_by_name
        FROM grants g
        LEFT JOIN grantable_scopes s ON s.kind = g.scope_kind AND s.code = g.scope_code
        LEFT JOIN users u ON u.id = g.granted_by
        WHERE g.revoked_at IS NULL;

      CREATE VIEW notified_memberships AS
        SELECT m.id, m.state, m.user_id, m.is_editor, m.is_signatory, m.is_administrator, m.message, m.decision_reason, m.end_reason,
               m.organisation_id, o.name AS organisation_name, o.insee_code, u.name AS requester_name, u.email::text AS requester_email
        FROM memberships m JOIN organisations o ON o.id = m.organisation_id JOIN users u ON u.id = m.user_id;

      -- closes_at: the last instant announced for this dossier; the grace is no promise to be reminded of.
      CREATE VIEW notified_dossiers AS
        SELECT d.id, d.number, d.title, d.state, d.organisation_id, o.name AS organisation_name, d.created_at, d.updated_at,
               d.call_id, c.title AS call_title, c.year AS call_year, c.opens_at AS call_opens_at, c.published_at IS NOT NULL AS is_call_published,
               date_trunc('milliseconds', greatest(least(c.closes_at, c.closed_at), e.until)) AS closes_at,
               d.submitted_at, d.submitted_by, d.receipt_number, d.implicit_rejection_on, d.admissibility_reason, d.withdrawal_reason,
               (SELECT coalesce(sum(l.requested_cents), 0)::bigint FROM funding_lines l WHERE l.dossier_id = d.id AND l.state <> 'withdrawn') AS requested_cents
        FROM dossiers d
        JOIN organisations o ON o.id = d.organisation_id
        JOIN calls c ON c.id = d.call_id
        LEFT JOIN call_extensions e ON e.call_id = d.call_id AND e.organisation_id = d.organisation_id;

      CREATE VIEW notified_dossier_communes AS SELECT dossier_id, code AS insee_code FROM dossier_perimeters WHERE kind = 'commune';

      -- Who proposed or decided a line, told by the audit because a withdrawal leaves nothing of it on the line; as long as they hold a role.
      CREATE VIEW notified_line_deciders AS
        SELECT DISTINCT l.dossier_id, s.user_id
        FROM funding_lines l
        JOIN audit a ON a.object_type = 'funding-line' AND a.object_id = l.id::text AND a.actor_kind = 'user'
          AND a.act IN ('funding-line.proposed', 'funding-line.approved', 'funding-line.refused', 'funding-line.decision-recorded')
        JOIN notified_staff s ON s.user_id = a.actor_id;
      CREATE VIEW notified_funders_asked AS
        SELECT DISTINCT l.dossier_id, f.code AS funder_code FROM funding_lines l JOIN funders f ON f.id = l.funder_id;

      CREATE VIEW notified_complements AS
        SELECT r.id, r.dossier_id, r.reason, r.items, r.due_on, r.requested_by, r.answered_at FROM complement_requests r;

      -- Decisions that applicants may read: nothing here before the announcement, whoever asks.
      CREATE VIEW notified_lines AS
        SELECT l.id, l.call_id, l.organisation_id, c.title AS call_title, c.year AS call_year, o.name AS organisation_name,
               d.number AS dossier_number, d.title AS dossier_title, a.id AS action_id, a.position AS action_position, a.title AS action_title,
               f.name AS funder_name, l.scheme, l.year, l.requested_cents, l.granted_cents, l.state = 'refusal-announced' AS is_refused, l.decision_reason
        FROM funding_lines l
        JOIN calls c ON c.id = l.call_id
        JOIN organisations o ON o.id = l.organisation_id
        JOIN dossiers d ON d.id = l.dossier_id
        JOIN actions a ON a.id = l.action_id
        JOIN funders f ON f.id = l.funder_id
        WHERE l.announced_at IS NOT NULL;

      -- Requests on which nothing is announced, decided or not: the difference must not show.
      CREATE VIEW notified_undecided_lines AS
        SELECT l.id, l.call_id, l.organisation_id
        FROM funding_lines l JOIN dossiers d ON d.id = l.dossier_id
        WHERE l.announced_at IS NULL AND l.state NOT IN ('withdrawn', 'cancelled', 'set-aside') AND d.state IN ('submitted', 'to-complete', 'admissible');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW notified_undecided_lines, notified_lines, notified_complements, notified_line_deciders, notified_funders_asked, notified_dossier_communes, notified_dossiers,
        notified_memberships, notified_grants, notified_staff, notified_members, notified_tokens, notified_people;
      DROP TABLE deliveries;
    `);
  }
}
