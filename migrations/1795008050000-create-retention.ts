import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How long what tells of people is kept, and how an account that nobody uses comes to its end. */
export class CreateRetention1795008050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- In use for active_days from its start, then kept apart for archived_days, then its fate. What an account did (audit, amounts, bodies) is not the
      -- account: it stays, said of who has no name any more.
      CREATE TABLE retention_rules (
        object text PRIMARY KEY CHECK (object ~ '^[a-z][a-z-]*$'),
        start text NOT NULL CHECK (length(start) BETWEEN 1 AND 200),
        active_days integer NOT NULL CHECK (active_days BETWEEN 0 AND 36500),
        notice_days integer NOT NULL CHECK (notice_days BETWEEN 0 AND active_days),
        archived_days integer NOT NULL CHECK (archived_days BETWEEN 0 AND 36500),
        fate text NOT NULL CHECK (fate IN ('pseudonymise', 'delete')),
        legal_basis text NOT NULL CHECK (length(legal_basis) BETWEEN 1 AND 500),
        version integer NOT NULL DEFAULT 1 CHECK (version > 0)
      );
      INSERT INTO retention_rules (object, start, active_days, notice_days, archived_days, fate, legal_basis) VALUES
        ('account', 'dernière connexion', 1095, 30, 365, 'pseudonymise',
         'Règlement (UE) 2016/679, art. 5, § 1, e) : limitation de la conservation'),
        ('session', 'fin de la session', 0, 0, 90, 'delete',
         'Règlement (UE) 2016/679, art. 5, § 1, e) et art. 32 : sécurité du traitement'),
        ('one-time-link', 'fin de validité du lien', 0, 0, 30, 'delete',
         'Règlement (UE) 2016/679, art. 5, § 1, e) et art. 32 : sécurité du traitement');

      -- last_seen_at: when the last session was opened; null for who never came. closing_on: the day announced to who does not come back.
      ALTER TABLE users
        ADD last_seen_at timestamptz,
        ADD closing_on date,
        ADD erased_at timestamptz,
        ADD CONSTRAINT users_erased_stay_closed CHECK (erased_at IS NULL OR (disabled_at IS NOT NULL AND password_hash IS NULL));
      UPDATE users u SET last_seen_at = (SELECT max(s.created_at) FROM sessions s WHERE s.user_id = u.id);
      CREATE INDEX users_by_last_seen ON users (coalesce(last_seen_at, created_at)) WHERE disabled_at IS NULL;
      CREATE INDEX users_to_erase ON users (disabled_at) WHERE disabled_at IS NOT NULL AND erased_at IS NULL;

      CREATE VIEW notified_closing_accounts AS
        SELECT id, closing_on, coalesce(last_seen_at, created_at) AS last_seen_at FROM users WHERE closing_on IS NOT NULL AND disabled_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW notified_closing_accounts;
      DROP INDEX users_to_erase, users_by_last_seen;
      ALTER TABLE users DROP CONSTRAINT users_erased_stay_closed, DROP erased_at, DROP closing_on, DROP last_seen_at;
      DROP TABLE retention_rules;
    `);
  }
}
