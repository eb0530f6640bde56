import type pg from 'pg';

/** What applying a scenario of lines of programme 147 comes down to, as set-based SQL. $1: the session, $2: the scenario, $3: who applies. */
const ADOPT = 'UPDATE scenarios SET adopted_at = now(), adopted_by = $2, version = version + 1 WHERE id = $1 AND adopted_at IS NULL';

/** The lines, guarded by all that a proposal relies on: state, request, an admissible dossier, the funder and year of the envelope. */
const LINES = `
  UPDATE funding_lines l
  SET state = 'proposed', version = l.version + 1, envelope_id = s.envelope_id, proposed_cents = s.amount_cents, proposed_by = $3::uuid,
      proposed_at = now(), reserved_cents = s.amount_cents
  FROM scenario_amounts s JOIN envelopes e ON e.id = s.envelope_id, dossiers d
  WHERE s.scenario_id = $2 AND l.id = s.funding_line_id AND s.committee_id = $1 AND s.amount_cents > 0
    AND l.state = 'on-agenda' AND l.requested_cents >= s.amount_cents AND d.id = l.dossier_id AND d.state = 'admissible'
    AND e.funder_id = l.funder_id AND e.year = l.year`;

/** The envelopes, each once, guarded by their room, and the movements that explain them. */
const ENVELOPES = `
  WITH asked AS (
    SELECT envelope_id, sum(amount_cents)::bigint AS cents FROM scenario_amounts WHERE scenario_id = $1 GROUP BY envelope_id ORDER BY envelope_id
  ), moved AS (
    UPDATE envelopes e SET reserved_cents = e.reserved_cents + a.cents, version = e.version + 1
    FROM asked a
    WHERE e.id = a.envelope_id
      AND e.reserved_cents + e.committed_cents + e.delegated_cents + a.cents <= least(e.ceiling_ae_cents, e.ceiling_cp_cents)
    RETURNING e.id
  )
  INSERT INTO movements (id, envelope_id, kind, ae_cents, cp_cents, funding_line_id, actor_id, at)
  SELECT uuidv7(), s.envelope_id, 'reserve', s.amount_cents, s.amount_cents, s.funding_line_id, $2::uuid, now()
  FROM scenario_amounts s JOIN moved m ON m.id = s.envelope_id WHERE s.scenario_id = $1`;

const AUDIT = `
  INSERT INTO audit (id, actor_id, actor_kind, act, object_type, object_id, before, after)
  SELECT uuidv7(), $2::uuid, 'user', 'funding-line.proposed', 'funding-line', s.funding_line_id::text,
         jsonb_build_object('state', 'on-agenda', 'version', l.version - 1),
         jsonb_build_object('state', l.state, 'version', l.version, 'proposedCents', l.proposed_cents, 'envelopeId', l.envelope_id)
  FROM scenario_amounts s JOIN funding_lines l ON l.id = s.funding_line_id WHERE s.scenario_id = $1
  UNION ALL SELECT uuidv7(), $2::uuid, 'user', 'committee.applied', 'committee', $3::text, NULL, NULL`;

const AGENDA = `
  UPDATE committee_lines c SET decision = 'proposed', amount_cents = s.amount_cents, envelope_id = s.envelope_id, live = false
  FROM scenario_amounts s WHERE s.scenario_id = $2 AND c.committee_id = $1 AND c.funding_line_id = s.funding_line_id`;

const SESSION = `UPDATE committees SET state = 'applied', applied_at = now(), applied_by = $2, version = version + 1 WHERE id = $1 AND state = 'held'`;

export interface RawApplication {
  readonly committeeId: string;
  readonly scenarioId: string;
  readonly actorId: string;
}

/** Adopts, then applies, as two transactions, as over HTTP. @throws Error unless every guard let `lines` pass */
export async function applyRaw(client: pg.Client, { committeeId, scenarioId, actorId }: RawApplication, lines: number): Promise<void> {
  await client.query({ name: 'adopt', text: ADOPT, values: [scenarioId, actorId] });
  await client.query('BEGIN');
  await client.query('SELECT 1 FROM committees WHERE id = $1 FOR UPDATE', [committeeId]);
  const written = await client.query({ name: 'lines', text: LINES, values: [committeeId, scenarioId, actorId] });
  await client.query({ name: 'audit', text: AUDIT, values: [scenarioId, actorId, committeeId] });
  await client.query({ name: 'agenda', text: AGENDA, values: [committeeId, scenarioId] });
  await client.query({ name: 'session', text: SESSION, values: [committeeId, actorId] });
  const moved = await client.query({ name: 'envelopes', text: ENVELOPES, values: [scenarioId, actorId] });
  if (written.rowCount !== lines || moved.rowCount !== lines) throw new Error(`${written.rowCount} lines, ${moved.rowCount} movements`);
  await client.query('COMMIT');
}

/** The bare sums of a scenario: envelopes, orientations, places, funders, multi-year money; nothing of what would be refused. */
export const SUMS = `
  WITH lines AS MATERIALIZED (
    SELECT l.action_id, l.funder_id, l.organisation_id, l.requested_cents AS requested, s.amount_cents AS amount, s.envelope_id,
      a.orientation_code, a.multi_year
    FROM scenario_amounts s
    JOIN funding_lines l ON l.id = s.funding_line_id
    JOIN actions a ON a.id = l.action_id
    WHERE s.scenario_id = $1
  ), acts AS (SELECT action_id, sum(requested) AS requested, sum(amount) AS amount FROM lines GROUP BY 1)
  SELECT 'all' AS by, '' AS code, sum(requested)::bigint AS requested, sum(amount)::bigint AS amount FROM lines
  UNION ALL SELECT 'envelope', envelope_id::text, sum(requested)::bigint, sum(amount)::bigint FROM lines GROUP BY 2
  UNION ALL SELECT 'orientation', orientation_code, sum(requested)::bigint, sum(amount)::bigint FROM lines GROUP BY 2
  UNION ALL SELECT 'funder', funder_id::text, sum(requested)::bigint, sum(amount)::bigint FROM lines GROUP BY 2
  UNION ALL SELECT 'duration', multi_year::text, count(DISTINCT (organisation_id, funder_id)), sum(amount)::bigint FROM lines GROUP BY 2
  UNION ALL SELECT t.kind, t.code, sum(a.requested)::bigint, sum(a.amount)::bigint
    FROM acts a JOIN action_territories t USING (action_id) WHERE t.kind IN ('qpv', 'commune', 'sector') GROUP BY 1, 2`;
