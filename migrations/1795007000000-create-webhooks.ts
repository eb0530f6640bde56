import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who else's systems are told of facts, what left for them, and from where they may be seen. */
export class CreateWebhooks1795007000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Secrets are sealed (AES-256-GCM): they sign, so they cannot be hashed. A removed endpoint keeps its log, and no secret.
      CREATE TABLE webhook_endpoints (
        id uuid PRIMARY KEY,
        owner_id uuid NOT NULL REFERENCES users,
        url text NOT NULL CHECK (length(url) BETWEEN 8 AND 2000 AND url ~ '^https?://'),
        description text CHECK (length(description) BETWEEN 1 AND 300),
        event_types text[] NOT NULL CHECK (cardinality(event_types) BETWEEN 1 AND 100),
        state text NOT NULL DEFAULT 'enabled' CHECK (state IN ('enabled', 'disabled')),
        disabled_cause text CHECK (disabled_cause IN ('by-hand', 'gone', 'failing')),
        disabled_at timestamptz,
        -- Of the first failure since the last success; null when the last attempt succeeded.
        failing_since timestamptz,
        secret bytea,
        previous_secret bytea,
        previous_secret_until timestamptz,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        removed_at timestamptz,
        CHECK ((state = 'disabled') = (disabled_at IS NOT NULL) AND (disabled_at IS NULL) = (disabled_cause IS NULL)),
        CHECK ((removed_at IS NULL) = (secret IS NOT NULL)),
        CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL)),
        CHECK (removed_at IS NULL OR (state = 'disabled' AND previous_secret IS NULL))
      );
      CREATE INDEX webhook_endpoints_by_owner ON webhook_endpoints (owner_id, id) WHERE removed_at IS NULL;
      CREATE INDEX webhook_endpoints_by_event ON webhook_endpoints USING gin (event_types) WHERE state = 'enabled';

      -- One row an event and endpoint: what makes "once" true. data holds ids only.
      CREATE TABLE webhook_deliveries (
        id uuid PRIMARY KEY,
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoints,
        event_id uuid NOT NULL,
        event_type text NOT NULL,
        occurred_at timestamptz NOT NULL,
        data jsonb NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed', 'cancelled')),
        -- Since the beginning, and since it was last asked for (a replay starts the delays anew).
        attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
        tries integer NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND attempts),
        next_attempt_at timestamptz,
        -- An event of the outbox stands for its next attempt.
        is_offered boolean NOT NULL DEFAULT true,
        -- A worker is sending it until then at the latest.
        in_hand_until timestamptz,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        UNIQUE (endpoint_id, event_id),
        CHECK ((state = 'pending') = (next_attempt_at IS NOT NULL) AND (state = 'pending') = (finished_at IS NULL)),
        CHECK (in_hand_until IS NULL OR state IN ('pending', 'cancelled'))
      );
      CREATE INDEX webhook_deliveries_by_endpoint ON webhook_deliveries (endpoint_id, id DESC);
      CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (endpoint_id, is_offered, next_attempt_at) WHERE state = 'pending';
      CREATE INDEX webhook_deliveries_finished ON webhook_deliveries (finished_at) WHERE finished_at IS NOT NULL;

      -- What each attempt met: a status and a cause, never the body of an answer.
      CREATE TABLE webhook_attempts (
        delivery_id uuid NOT NULL REFERENCES webhook_deliveries ON DELETE CASCADE,
        number integer NOT NULL CHECK (number > 0),
        at timestamptz NOT NULL,
        duration_ms integer NOT NULL CHECK (duration_ms >= 0),
        status_code integer CHECK (status_code BETWEEN 100 AND 999),
        cause text,
        PRIMARY KEY (delivery_id, number),
        CHECK (cause IS NOT NULL OR status_code BETWEEN 200 AND 299)
      );

      -- From where the object of an event is seen. organisation_id: hidden from whoever must not judge this organisation.
      CREATE VIEW webhook_sight AS
        SELECT 'account' AS object, id AS object_id, 'instance' AS kind, '*' AS code, NULL::uuid AS organisation_id FROM users
        UNION ALL
        SELECT 'membership', m.id, p.kind, p.code, NULL FROM memberships m JOIN organisation_perimeters p USING (organisation_id)
        UNION ALL
        SELECT 'dossier', d.id, p.kind, p.code, NULL
        FROM dossiers d JOIN dossier_perimeters p ON p.dossier_id = d.id WHERE d.submitted_at IS NOT NULL OR p.kind = 'organisation'
        UNION ALL
        SELECT 'line', l.id, p.kind, p.code, l.organisation_id
        FROM funding_lines l JOIN dossiers d ON d.id = l.dossier_id JOIN dossier_perimeters p ON p.dossier_id = d.id WHERE d.submitted_at IS NOT NULL
        UNION ALL
        SELECT 'act', a.id, s.kind, s.code, a.organisation_id FROM acts a JOIN act_scopes s ON s.act_id = a.id WHERE a.state = 'notified';

      -- Rights of people whose account is open.
      CREATE VIEW webhook_owner_rights AS
        SELECT r.user_id, r.role, r.scope_kind, r.scope_code FROM actor_rights r JOIN users u ON u.id = r.user_id WHERE u.disabled_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW webhook_owner_rights, webhook_sight;
      DROP TABLE webhook_attempts, webhook_deliveries, webhook_endpoints;
    `);
  }
}
