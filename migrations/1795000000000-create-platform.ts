import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePlatform1795000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS citext;
      CREATE EXTENSION IF NOT EXISTS unaccent;
      CREATE EXTENSION IF NOT EXISTS btree_gist;

      -- Folded text for searching: case and accents ignored. unaccent() is only STABLE, hence this wrapper with its dictionary named.
      CREATE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
        AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;

      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
      END $$;

      CREATE TABLE outbox (
        id uuid PRIMARY KEY,
        type text NOT NULL,
        payload jsonb NOT NULL,
        occurred_at timestamptz NOT NULL DEFAULT now(),
        available_at timestamptz NOT NULL DEFAULT now(),
        relayed_at timestamptz,
        handled_at timestamptz,
        attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
        last_error text
      );
      CREATE INDEX outbox_waiting ON outbox (available_at) WHERE handled_at IS NULL;

      CREATE TABLE audit (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        actor_id uuid,
        actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'system')),
        act text NOT NULL,
        object_type text NOT NULL,
        object_id text NOT NULL,
        before jsonb,
        after jsonb,
        request_id text
      );
      CREATE INDEX audit_by_object ON audit (object_type, object_id, at);
      CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER audit_is_never_truncated BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE idempotency_keys (
        caller_id uuid NOT NULL,
        operation text NOT NULL,
        key text NOT NULL,
        body_hash bytea NOT NULL,
        result bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (caller_id, operation, key)
      );
      CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

      -- Long work that answered 202: what was asked, how far it is.
      CREATE TABLE operations (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        subject_id uuid,
        parameters jsonb NOT NULL DEFAULT '{}',
        state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
        done integer NOT NULL DEFAULT 0 CHECK (done >= 0),
        total integer CHECK (total >= done),
        result_path text,
        failure text,
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE operations;
      DROP TABLE idempotency_keys;
      DROP TABLE audit;
      DROP TABLE outbox;
      DROP FUNCTION refuse_change();
      DROP FUNCTION fold(text);
      DROP EXTENSION btree_gist;
      DROP EXTENSION unaccent;
      DROP EXTENSION citext;
    `);
  }
}
