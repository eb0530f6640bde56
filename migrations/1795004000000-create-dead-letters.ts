import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has an event in hand, how often it was tried, and when it was given up. */
export class CreateDeadLetters1795004000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE outbox
        -- Handlings begun. The number of the last one is its token: what an earlier one still does is refused.
        ADD COLUMN tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
        -- The offer that is being handled, and until when another offer of the same event leaves it alone.
        ADD COLUMN held_offer integer,
        ADD COLUMN held_until timestamptz,
        ADD COLUMN dead_at timestamptz,
        ADD COLUMN discarded_at timestamptz,
        ADD CONSTRAINT outbox_held_by_an_offer CHECK ((held_offer IS NULL) = (held_until IS NULL)),
        ADD CONSTRAINT outbox_at_rest_is_not_held CHECK (held_until IS NULL OR (handled_at IS NULL AND dead_at IS NULL)),
        ADD CONSTRAINT outbox_dead_has_a_cause CHECK (dead_at IS NULL OR (last_error IS NOT NULL AND handled_at IS NULL AND tries > 0)),
        ADD CONSTRAINT outbox_discarded_was_dead CHECK (discarded_at IS NULL OR dead_at IS NOT NULL);
      DROP INDEX outbox_waiting;
      CREATE INDEX outbox_waiting ON outbox (available_at) WHERE handled_at IS NULL AND dead_at IS NULL;
      CREATE INDEX outbox_dead ON outbox (id) WHERE dead_at IS NOT NULL AND discarded_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX outbox_waiting;
      ALTER TABLE outbox DROP COLUMN tries, DROP COLUMN held_offer, DROP COLUMN held_until, DROP COLUMN discarded_at, DROP COLUMN dead_at;
      CREATE INDEX outbox_waiting ON outbox (available_at) WHERE handled_at IS NULL;
    `);
  }
}
