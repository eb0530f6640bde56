import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What funding and programming read of the other modules. */
export class CreateFundingViews1795000530000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What a decision on a line must know of its dossier. OFFSET 0 keeps PostgreSQL from reading every membership to answer for one.
      CREATE VIEW dossier_standing AS
        SELECT d.id AS dossier_id, d.number, d.state, d.submitted_at,
               (SELECT coalesce(json_agg(json_build_object('kind', p.kind, 'code', p.code)), '[]')
                FROM dossier_perimeters p WHERE p.dossier_id = d.id) AS perimeter,
               EXISTS (SELECT FROM memberships m WHERE m.organisation_id = d.organisation_id AND m.user_id = d.attested_by
                         AND m.signatory_verified_at IS NOT NULL OFFSET 0) AS signatory_verified
        FROM dossiers d;

      -- Everywhere an envelope is seen from.
      CREATE VIEW envelope_scopes AS
        SELECT e.id AS envelope_id, s.kind, s.code
        FROM envelopes e JOIN funders f ON f.id = e.funder_id
        CROSS JOIN LATERAL (
          VALUES ('funder', f.code), ('contract', 'GOSB'), ('department', e.department_code), ('commune', f.insee_code)
          UNION ALL SELECT 'sector', sectors.code FROM sectors WHERE sectors.department_code = e.department_code
        ) AS s (kind, code)
        WHERE s.code IS NOT NULL;

      -- The ledger as people read it.
      CREATE VIEW ledger AS
        SELECT m.id, m.position, m.envelope_id, m.kind, m.ae_cents, m.cp_cents, m.funding_line_id, l.dossier_id, d.number AS dossier_number,
               m.reason, m.actor_id, u.name AS actor_name, m.at
        FROM movements m
        JOIN users u ON u.id = m.actor_id
        LEFT JOIN funding_lines l ON l.id = m.funding_line_id
        LEFT JOIN dossiers d ON d.id = l.dossier_id;

      -- Everywhere a delegation of signature is seen from: the département of its funder and its sectors.
      CREATE VIEW signature_delegation_scopes AS
        SELECT g.id AS delegation_id, s.kind, s.code
        FROM signature_delegations g JOIN funders f ON f.id = g.funder_id
        CROSS JOIN LATERAL (
          VALUES ('contract', 'GOSB'), ('department', f.department_code)
          UNION ALL SELECT 'sector', sectors.code FROM sectors
            WHERE sectors.department_code = f.department_code AND (g.sector_code IS NULL OR g.sector_code = sectors.code)
        ) AS s (kind, code)
        WHERE s.code IS NOT NULL;

      -- An index that spans two tables: the lines of a call by the places of their action, in the order of their ids, so that a page of the
      -- programming table filtered by a place is read as one stretch whatever the number of lines. Kept by triggers, and only by them.
      CREATE TABLE funding_line_places (
        funding_line_id uuid NOT NULL REFERENCES funding_lines ON DELETE CASCADE,
        kind text NOT NULL,
        code text NOT NULL,
        call_id uuid NOT NULL,
        PRIMARY KEY (funding_line_id, kind, code)
      );
      CREATE INDEX funding_line_places_by_call ON funding_line_places (call_id, kind, code, funding_line_id);

      CREATE FUNCTION place_new_lines() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO funding_line_places (funding_line_id, kind, code, call_id)
        SELECT l.id, t.kind, t.code, l.call_id FROM new_lines l JOIN action_territories t USING (action_id);
        RETURN NULL;
      END $$;
      CREATE FUNCTION place_lines_of_new_territories() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO funding_line_places (funding_line_id, kind, code, call_id)
        SELECT l.id, t.kind, t.code, l.call_id FROM new_territories t JOIN funding_lines l USING (action_id);
        RETURN NULL;
      END $$;
      CREATE FUNCTION unplace_lines_of_old_territories() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM funding_line_places p USING old_territories t, funding_lines l
        WHERE l.action_id = t.action_id AND p.funding_line_id = l.id AND p.kind = t.kind AND p.code = t.code;
        RETURN NULL;
      END $$;
      CREATE TRIGGER funding_lines_are_placed AFTER INSERT ON funding_lines
        REFERENCING NEW TABLE AS new_lines FOR EACH STATEMENT EXECUTE FUNCTION place_new_lines();
      CREATE TRIGGER new_territories_place_lines AFTER INSERT ON action_territories
        REFERENCING NEW TABLE AS new_territories FOR EACH STATEMENT EXECUTE FUNCTION place_lines_of_new_territories();
      CREATE TRIGGER old_territories_unplace_lines AFTER DELETE ON action_territories
        REFERENCING OLD TABLE AS old_territories FOR EACH STATEMENT EXECUTE FUNCTION unplace_lines_of_old_territories();
      -- A territory is a key: it is chosen or dropped, never turned into another.
      CREATE TRIGGER territories_are_not_renamed BEFORE UPDATE OF action_id, kind, code ON action_territories
        FOR EACH ROW WHEN ((OLD.action_id, OLD.kind, OLD.code) IS DISTINCT FROM (NEW.action_id, NEW.kind, NEW.code)) EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER territories_are_not_renamed ON action_territories;
      DROP TRIGGER old_territories_unplace_lines ON action_territories;
      DROP TRIGGER new_territories_place_lines ON action_territories;
      DROP TRIGGER funding_lines_are_placed ON funding_lines;
      DROP FUNCTION unplace_lines_of_old_territories();
      DROP FUNCTION place_lines_of_new_territories();
      DROP FUNCTION place_new_lines();
      DROP TABLE funding_line_places;
      DROP VIEW signature_delegation_scopes;
      DROP VIEW ledger;
      DROP VIEW envelope_scopes;
      DROP VIEW dossier_standing;
    `);
  }
}
