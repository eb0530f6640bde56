import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Poverty pockets take at most 2.5 % of a département's programme 147 of a year, by the same movements as the envelopes. */
export class LimitPockets1795000720000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pocket_limits (
        id uuid PRIMARY KEY,
        department_code text NOT NULL REFERENCES departments,
        year integer NOT NULL CHECK (year BETWEEN 2024 AND 2100),
        -- The département's whole amount, entered with its source: this contract holds only a part of it.
        base_cents bigint NOT NULL CHECK (base_cents BETWEEN 0 AND 99999999999999),
        source text NOT NULL CHECK (length(source) BETWEEN 1 AND 1000),
        used_cents bigint NOT NULL DEFAULT 0 CHECK (used_cents >= 0),
        version integer NOT NULL DEFAULT 1,
        -- Null for what was taken over from before the limit was kept here.
        entered_by uuid REFERENCES users,
        entered_at timestamptz NOT NULL,
        UNIQUE (department_code, year),
        CONSTRAINT pocket_limits_never_exceeded CHECK (used_cents * 1000 <= base_cents * 25)
      );
      CREATE TRIGGER pocket_limits_are_kept BEFORE DELETE ON pocket_limits FOR EACH ROW EXECUTE FUNCTION refuse_change();

      -- Everywhere the limit of a département is seen from.
      CREATE VIEW pocket_limit_scopes AS
        SELECT d.code AS department_code, s.kind, s.code
        FROM departments d
        CROSS JOIN LATERAL (
          VALUES ('contract', 'GOSB'), ('department', d.code)
          UNION ALL SELECT 'sector', sectors.code FROM sectors WHERE sectors.department_code = d.code
        ) AS s (kind, code);

      -- The pocket of its action, on a line of programme 147 and no other: what consumes the limit. Kept by triggers, and only by them.
      ALTER TABLE funding_lines ADD pocket_id uuid REFERENCES poverty_pockets;
      UPDATE funding_lines l SET pocket_id = a.pocket_id
      FROM actions a, funders f WHERE a.id = l.action_id AND f.id = l.funder_id AND f.code LIKE 'P147-%' AND a.pocket_id IS NOT NULL;
      -- So that the movements of the other lines, nearly all, are known at once to be none of this.
      CREATE INDEX funding_lines_of_pockets ON funding_lines (id) WHERE pocket_id IS NOT NULL;

      -- What is already granted stands: the smallest amount that allows it is written until the true one is entered.
      INSERT INTO pocket_limits (id, department_code, year, base_cents, source, used_cents, entered_at)
      SELECT gen_random_uuid(), f.department_code, l.year, ceil(sum(l.reserved_cents + l.committed_cents) * 1000 / 25),
             'Repris de ce qui était déjà accordé : à remplacer par le montant du département et sa source', sum(l.reserved_cents + l.committed_cents), now()
      FROM funding_lines l JOIN funders f ON f.id = l.funder_id
      WHERE l.pocket_id IS NOT NULL AND l.reserved_cents + l.committed_cents > 0
      GROUP BY f.department_code, l.year;

      -- FOR SHARE: the action can't take another pocket before this line is seen to have the first.
      CREATE FUNCTION take_pocket_of_action() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.pocket_id := (SELECT a.pocket_id FROM actions a JOIN funders f ON f.id = NEW.funder_id
                          WHERE a.id = NEW.action_id AND f.code LIKE 'P147-%' FOR SHARE OF a);
        RETURN NEW;
      END $$;
      CREATE TRIGGER funding_lines_take_pocket BEFORE INSERT ON funding_lines FOR EACH ROW EXECUTE FUNCTION take_pocket_of_action();

      CREATE FUNCTION give_pocket_to_lines() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE funding_lines l SET pocket_id = NEW.pocket_id
        FROM funders f WHERE f.id = l.funder_id AND f.code LIKE 'P147-%' AND l.action_id = NEW.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER actions_give_pocket AFTER UPDATE OF pocket_id ON actions
        FOR EACH ROW WHEN (OLD.pocket_id IS DISTINCT FROM NEW.pocket_id) EXECUTE FUNCTION give_pocket_to_lines();

      -- No line changes side while it holds credit: that credit would have been counted, or spared, for nothing.
      CREATE FUNCTION refuse_another_pocket() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'line % holds credit: its action keeps its pocket', OLD.id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'funding_lines_keep_pocket', TABLE = 'funding_lines';
      END $$;
      CREATE TRIGGER funding_lines_keep_pocket BEFORE UPDATE OF pocket_id, funder_id, action_id, year ON funding_lines FOR EACH ROW
        WHEN ((OLD.pocket_id, OLD.funder_id, OLD.action_id, OLD.year) IS DISTINCT FROM (NEW.pocket_id, NEW.funder_id, NEW.action_id, NEW.year)
          AND OLD.reserved_cents + OLD.committed_cents > 0)
        EXECUTE FUNCTION refuse_another_pocket();

      -- One statement of the ledger is one envelope, hence one département and year; the sum of its movements is what counts.
      CREATE FUNCTION consume_pocket_limits() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        consumed record;
      BEGIN
        -- Nearly always: every act on an envelope waits for this answer, so that it comes first, from one small index.
        IF NOT EXISTS (SELECT FROM new_movements m JOIN funding_lines l ON l.id = m.funding_line_id WHERE l.pocket_id IS NOT NULL) THEN
          RETURN NULL;
        END IF;
        FOR consumed IN
          SELECT f.department_code, l.year, sum(CASE WHEN m.kind IN ('reserve', 'commit') THEN m.ae_cents ELSE -m.ae_cents END)::bigint AS cents
          FROM new_movements m
          JOIN funding_lines l ON l.id = m.funding_line_id AND l.pocket_id IS NOT NULL
          JOIN funders f ON f.id = l.funder_id
          WHERE m.kind IN ('reserve', 'release', 'commit', 'decommit')
          GROUP BY 1, 2 ORDER BY 1, 2
        LOOP
          CONTINUE WHEN consumed.cents = 0;
          UPDATE pocket_limits p SET used_cents = p.used_cents + consumed.cents
          WHERE p.department_code = consumed.department_code AND p.year = consumed.year;
          IF NOT FOUND THEN
            RAISE EXCEPTION 'no pocket limit for % in %', consumed.department_code, consumed.year
              USING ERRCODE = 'check_violation', CONSTRAINT = 'pocket_limits_known', TABLE = 'pocket_limits';
          END IF;
        END LOOP;
        RETURN NULL;
      END $$;
      CREATE TRIGGER movements_consume_pocket_limits AFTER INSERT ON movements
        REFERENCING NEW TABLE AS new_movements FOR EACH STATEMENT EXECUTE FUNCTION consume_pocket_limits();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER movements_consume_pocket_limits ON movements;
      DROP FUNCTION consume_pocket_limits();
      DROP TRIGGER funding_lines_keep_pocket ON funding_lines;
      DROP FUNCTION refuse_another_pocket();
      DROP TRIGGER actions_give_pocket ON actions;
      DROP FUNCTION give_pocket_to_lines();
      DROP TRIGGER funding_lines_take_pocket ON funding_lines;
      DROP FUNCTION take_pocket_of_action();
      DROP INDEX funding_lines_of_pockets;
      ALTER TABLE funding_lines DROP pocket_id;
      DROP VIEW pocket_limit_scopes;
      DROP TABLE pocket_limits;
    `);
  }
}
