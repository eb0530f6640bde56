import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Opinions asked and given, envelopes that run out, calls that open and close. */
export class NotifySteering1795005040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who is asked for an opinion once a dossier is admissible: who decides on its lines, and the councils of the QPV that its actions target.
      CREATE VIEW notified_opinion_givers AS
        SELECT j.funding_line_id, j.user_id FROM notified_line_judges j
        UNION
        SELECT l.id, s.user_id
        FROM funding_lines l
        JOIN action_territories t ON t.action_id = l.action_id AND t.kind = 'qpv'
        JOIN notified_staff s ON s.role = 'citizens-council' AND s.scope_kind = 'qpv' AND s.scope_code = t.code
        WHERE NOT EXISTS (SELECT FROM actor_recusals r WHERE r.user_id = s.user_id AND r.organisation_id = l.organisation_id);

      -- Lines that are open to opinions (domain of instruction), with the day in Paris from which they are asked for.
      CREATE VIEW notified_lines_to_judge AS
        SELECT l.id AS funding_line_id, l.call_id, c.title AS call_title, c.year AS call_year, d.id AS dossier_id, d.number AS dossier_number,
               d.title AS dossier_title, o.name AS organisation_name, (d.admissibility_at AT TIME ZONE 'Europe/Paris')::date AS admissible_on
        FROM funding_lines l
        JOIN dossiers d ON d.id = l.dossier_id
        JOIN calls c ON c.id = l.call_id
        JOIN organisations o ON o.id = l.organisation_id
        WHERE d.state = 'admissible' AND l.state IN ('requested', 'taken-up', 'instructed');

      CREATE VIEW notified_opinions AS
        SELECT p.id, p.author_id, p.role, p.opinion, (p.given_at AT TIME ZONE 'Europe/Paris')::date AS given_on, l.call_id, c.title AS call_title,
               c.year AS call_year, l.organisation_id, d.number AS dossier_number, a.title AS action_title, f.name AS funder_name
        FROM opinions p
        JOIN funding_lines l ON l.id = p.funding_line_id
        JOIN calls c ON c.id = l.call_id
        JOIN dossiers d ON d.id = l.dossier_id
        JOIN actions a ON a.id = l.action_id
        JOIN funders f ON f.id = l.funder_id
        WHERE p.replaced_at IS NULL;

      CREATE VIEW notified_opinions_of AS SELECT funding_line_id, author_id FROM opinions WHERE replaced_at IS NULL;

      -- A crossing of the threshold, told once; over when credits are back.
      CREATE TABLE envelope_alerts (
        id uuid PRIMARY KEY,
        envelope_id uuid NOT NULL REFERENCES envelopes,
        raised_at timestamptz NOT NULL,
        eased_at timestamptz CHECK (eased_at >= raised_at)
      );
      CREATE UNIQUE INDEX envelope_alerts_live ON envelope_alerts (envelope_id) WHERE eased_at IS NULL;

      CREATE VIEW notified_envelopes AS
        SELECT e.id, e.funder_id, f.name AS funder_name, e.programme, e.year, coalesce(s.name, c.name) AS place_name, e.sector_code,
               least(e.ceiling_ae_cents, e.ceiling_cp_cents) AS ceiling_cents, e.reserved_cents + e.committed_cents + e.delegated_cents AS used_cents
        FROM envelopes e
        JOIN funders f ON f.id = e.funder_id
        LEFT JOIN sectors s ON s.code = e.sector_code
        LEFT JOIN communes c ON c.insee_code = e.insee_code
        WHERE e.closed_at IS NULL;

      -- The funder's own people, and the delegates of the place that the credits are delegated to.
      CREATE VIEW notified_envelope_keepers AS
        SELECT e.id AS envelope_id, p.user_id FROM envelopes e JOIN notified_funder_people p USING (funder_id)
        UNION
        SELECT e.id, s.user_id
        FROM envelopes e JOIN notified_staff s ON s.role = 'delegate' AND s.scope_kind = 'sector' AND s.scope_code = e.sector_code;

      CREATE VIEW notified_calls AS
        SELECT id, title, year, opens_at, least(closes_at, closed_at) AS closes_at FROM calls WHERE published_at IS NOT NULL;

      -- Organisations that filed a dossier in the same contract in the two years before; whether they have begun one in this call.
      CREATE VIEW notified_call_followers AS
        SELECT DISTINCT c.id AS call_id, d.organisation_id,
               EXISTS (SELECT FROM dossiers o WHERE o.call_id = c.id AND o.organisation_id = d.organisation_id AND o.state <> 'withdrawn') AS has_begun
        FROM calls c
        JOIN calls p ON p.contract_code = c.contract_code AND p.year BETWEEN c.year - 2 AND c.year - 1
        JOIN dossiers d ON d.call_id = p.id AND d.submitted_at IS NOT NULL
        WHERE c.published_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW notified_call_followers, notified_calls, notified_envelope_keepers, notified_envelopes;
      DROP TABLE envelope_alerts;
      DROP VIEW notified_opinions_of, notified_opinions, notified_lines_to_judge, notified_opinion_givers;
    `);
  }
}
