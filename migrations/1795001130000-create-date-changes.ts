import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Other dates asked for an action once its grant is notified, and the reports that wait for them. */
export class CreateDateChanges1795001130000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE date_changes (
        id uuid PRIMARY KEY,
        action_id uuid NOT NULL,
        dossier_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'accepted', 'refused')),
        version integer NOT NULL DEFAULT 1,
        -- The dates that the action had.
        from_starts_on date NOT NULL,
        from_ends_on date NOT NULL,
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        reason text NOT NULL,
        asked_by uuid NOT NULL REFERENCES users,
        asked_at timestamptz NOT NULL,
        decided_by uuid REFERENCES users,
        decided_at timestamptz,
        decision_reason text,
        FOREIGN KEY (action_id, dossier_id) REFERENCES actions (id, dossier_id),
        CHECK (ends_on >= starts_on),
        CHECK ((state = 'asked') = (decided_at IS NULL)),
        CHECK (state <> 'refused' OR decision_reason IS NOT NULL)
      );
      CREATE UNIQUE INDEX date_changes_one_asked ON date_changes (action_id) WHERE state = 'asked';
      CREATE INDEX date_changes_by_action ON date_changes (action_id, id);

      -- The report of an action and a year is due later than the rule says.
      CREATE TABLE report_extensions (
        action_id uuid NOT NULL REFERENCES actions,
        year integer NOT NULL CHECK (year BETWEEN 2024 AND 2100),
        due_on date NOT NULL,
        date_change_id uuid NOT NULL REFERENCES date_changes,
        PRIMARY KEY (action_id, year)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE report_extensions, date_changes;`);
  }
}
