import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Acts signed or notified many at once. */
export class CreateActBatches1795003000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE act_batches (
        id uuid PRIMARY KEY,
        verb text NOT NULL CHECK (verb IN ('sign', 'notify')),
        asked_by uuid NOT NULL REFERENCES users,
        asked_at timestamptz NOT NULL
      );
      -- What became of each act, written with the act's own transaction: asked again, a batch goes on where it stopped. The act may be one that does
      -- not exist: its result then says so.
      CREATE TABLE act_batch_items (
        batch_id uuid NOT NULL REFERENCES act_batches,
        rank integer NOT NULL CHECK (rank BETWEEN 1 AND 100),
        act_id uuid NOT NULL,
        version integer NOT NULL,
        status text CHECK (status IN ('done', 'refused')),
        act_version integer,
        code text,
        detail text,
        PRIMARY KEY (batch_id, act_id),
        UNIQUE (batch_id, rank),
        CHECK ((status IS NOT DISTINCT FROM 'refused') = (code IS NOT NULL AND detail IS NOT NULL)),
        CHECK (status IS DISTINCT FROM 'done' OR act_version IS NOT NULL)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE act_batch_items, act_batches;`);
  }
}
