import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateScenarios1795000810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Named sets of amounts over the agenda of one session.
      CREATE TABLE scenarios (
        id uuid PRIMARY KEY,
        committee_id uuid NOT NULL REFERENCES committees,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        version integer NOT NULL DEFAULT 1,
        created_by uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL,
        adopted_by uuid REFERENCES users,
        adopted_at timestamptz,
        UNIQUE (id, committee_id),
        CHECK ((adopted_at IS NULL) = (adopted_by IS NULL))
      );
      CREATE UNIQUE INDEX scenarios_names ON scenarios (committee_id, lower(name));
      CREATE UNIQUE INDEX scenarios_adopted ON scenarios (committee_id) WHERE adopted_at IS NOT NULL;

      -- Zero: nothing for the line. No row: not looked at yet. A line that leaves the agenda leaves the scenarios.
      CREATE TABLE scenario_amounts (
        scenario_id uuid NOT NULL,
        funding_line_id uuid NOT NULL,
        committee_id uuid NOT NULL,
        amount_cents bigint NOT NULL CHECK (amount_cents >= 0),
        envelope_id uuid REFERENCES envelopes,
        PRIMARY KEY (scenario_id, funding_line_id),
        FOREIGN KEY (scenario_id, committee_id) REFERENCES scenarios (id, committee_id),
        FOREIGN KEY (committee_id, funding_line_id) REFERENCES committee_lines ON DELETE CASCADE
      );
      CREATE INDEX scenario_amounts_by_line ON scenario_amounts (committee_id, funding_line_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE scenario_amounts, scenarios;`);
  }
}
