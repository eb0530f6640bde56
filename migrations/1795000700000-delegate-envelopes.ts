import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sub-envelopes, by sector or by commune: what an envelope delegates, and takes back. */
export class DelegateEnvelopes1795000700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE envelopes
        ADD parent_id uuid REFERENCES envelopes,
        ADD sector_code text REFERENCES sectors,
        ADD insee_code text REFERENCES communes,
        -- A sub-envelope is of one place; an envelope that is none's part is of no place.
        ADD CONSTRAINT envelopes_have_one_place CHECK (num_nonnulls(sector_code, insee_code) = num_nonnulls(parent_id)),
        ADD CONSTRAINT envelopes_are_not_their_own_parent CHECK (parent_id <> id);
      DROP INDEX envelopes_identity;
      CREATE UNIQUE INDEX envelopes_identity ON envelopes
        (funder_id, programme, year, coalesce(department_code, ''), coalesce(sector_code, ''), coalesce(insee_code, ''));
      CREATE INDEX envelopes_by_parent ON envelopes (parent_id) WHERE parent_id IS NOT NULL;

      ALTER TABLE movements
        -- The envelope at the other end of the movement: where the credit went, or came from.
        ADD counterpart_envelope_id uuid REFERENCES envelopes,
        -- Of the decision that the movement follows, when it has one.
        ADD reference text,
        DROP CONSTRAINT movements_kind_check,
        DROP CONSTRAINT movements_check,
        ADD CONSTRAINT movements_kind_check CHECK (kind IN (
          'open', 'increase', 'decrease', 'delegate', 'take-back', 'reserve', 'release', 'commit', 'decommit', 'pay', 'recover')),
        ADD CONSTRAINT movements_check CHECK (
          kind IN ('open', 'increase', 'decrease', 'delegate', 'take-back') OR (ae_cents = cp_cents AND ae_cents > 0 AND funding_line_id IS NOT NULL)),
        ADD CONSTRAINT movements_have_two_ends CHECK (
          kind NOT IN ('delegate', 'take-back') OR (ae_cents = cp_cents AND ae_cents > 0 AND counterpart_envelope_id IS NOT NULL)),
        ADD CONSTRAINT movements_go_elsewhere CHECK (counterpart_envelope_id <> envelope_id);

      DROP VIEW envelope_scopes;
      -- Everywhere an envelope is seen from: a sub-envelope from its own place, and from what that place lies in.
      CREATE VIEW envelope_scopes AS
        SELECT e.id AS envelope_id, s.kind, s.code
        FROM envelopes e JOIN funders f ON f.id = e.funder_id LEFT JOIN communes c ON c.insee_code = e.insee_code
        CROSS JOIN LATERAL (
          SELECT DISTINCT v.kind, v.code
          FROM (
            VALUES ('funder', f.code), ('contract', 'GOSB'), ('department', e.department_code), ('commune', f.insee_code),
                   ('commune', e.insee_code), ('sector', e.sector_code), ('sector', c.sector_code)
            UNION ALL SELECT 'sector', sectors.code FROM sectors WHERE sectors.department_code = e.department_code AND e.parent_id IS NULL
          ) AS v (kind, code)
        ) AS s
        WHERE s.code IS NOT NULL;

      DROP VIEW ledger;
      CREATE VIEW ledger AS
        SELECT m.id, m.position, m.envelope_id, m.kind, m.ae_cents, m.cp_cents, m.funding_line_id, l.dossier_id, d.number AS dossier_number,
               m.counterpart_envelope_id, m.reason, m.reference, m.actor_id, u.name AS actor_name, m.at
        FROM movements m
        JOIN users u ON u.id = m.actor_id
        LEFT JOIN funding_lines l ON l.id = m.funding_line_id
        LEFT JOIN dossiers d ON d.id = l.dossier_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW ledger;
      CREATE VIEW ledger AS
        SELECT m.id, m.position, m.envelope_id, m.kind, m.ae_cents, m.cp_cents, m.funding_line_id, l.dossier_id, d.number AS dossier_number,
               m.reason, m.actor_id, u.name AS actor_name, m.at
        FROM movements m
        JOIN users u ON u.id = m.actor_id
        LEFT JOIN funding_lines l ON l.id = m.funding_line_id
        LEFT JOIN dossiers d ON d.id = l.dossier_id;

      DROP VIEW envelope_scopes;
      CREATE VIEW envelope_scopes AS
        SELECT e.id AS envelope_id, s.kind, s.code
        FROM envelopes e JOIN funders f ON f.id = e.funder_id
        CROSS JOIN LATERAL (
          VALUES ('funder', f.code), ('contract', 'GOSB'), ('department', e.department_code), ('commune', f.insee_code)
          UNION ALL SELECT 'sector', sectors.code FROM sectors WHERE sectors.department_code = e.department_code
        ) AS s (kind, code)
        WHERE s.code IS NOT NULL;

      ALTER TABLE movements
        DROP CONSTRAINT movements_go_elsewhere, DROP CONSTRAINT movements_have_two_ends, DROP CONSTRAINT movements_check,
        DROP CONSTRAINT movements_kind_check, DROP reference, DROP counterpart_envelope_id,
        ADD CONSTRAINT movements_kind_check CHECK (kind IN (
          'open', 'increase', 'decrease', 'delegate', 'reserve', 'release', 'commit', 'decommit', 'pay', 'recover')),
        ADD CONSTRAINT movements_check CHECK (
          kind IN ('open', 'increase', 'decrease', 'delegate') OR (ae_cents = cp_cents AND ae_cents > 0 AND funding_line_id IS NOT NULL));
      DROP INDEX envelopes_by_parent;
      DROP INDEX envelopes_identity;
      -- Refused while there are sub-envelopes: their credit would have nowhere to be.
      CREATE UNIQUE INDEX envelopes_identity ON envelopes (funder_id, programme, year, coalesce(department_code, ''));
      ALTER TABLE envelopes
        DROP CONSTRAINT envelopes_are_not_their_own_parent, DROP CONSTRAINT envelopes_have_one_place, DROP insee_code, DROP sector_code, DROP parent_id;
    `);
  }
}
