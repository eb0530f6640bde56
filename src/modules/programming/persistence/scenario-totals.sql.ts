/**
 * Everything that is summed of a scenario, in one statement: one set of rows read once, grouped in every way, and the rows that applying it would
 * refuse, by the same rules as the decisions (a test holds the two together). $1: the scenario, $2: the states a line of programme 147 is
 * proposed from, $3: those from which another funder's line goes back to its funder.
 */
export const SCENARIO_TOTALS = `
  WITH lines AS MATERIALIZED (
    SELECT l.id, c.position, l.action_id, l.dossier_id, l.organisation_id, l.funder_id, l.year, l.state, l.requested_cents AS requested,
      l.envelope_id AS held_in, l.held_by_cpo, l.reserved_cents AS held, s.amount_cents AS planned, coalesce(s.amount_cents, 0) AS amount, s.envelope_id,
      a.orientation_code, a.multi_year, f.code AS funder_code, f.code LIKE 'P147-%' AS is_p147
    FROM scenarios k
    JOIN committee_lines c ON c.committee_id = k.committee_id
    JOIN funding_lines l ON l.id = c.funding_line_id
    JOIN actions a ON a.id = l.action_id
    JOIN funders f ON f.id = l.funder_id
    LEFT JOIN scenario_amounts s ON s.scenario_id = k.id AND s.funding_line_id = c.funding_line_id
    WHERE k.id = $1
  ),
  -- A place is an action's: its lines are added up before the places are looked at.
  acts AS MATERIALIZED (
    SELECT action_id, count(*) AS lines, sum(requested) AS requested, sum(amount) AS amount FROM lines GROUP BY action_id
  ),
  placed AS (
    SELECT t.kind, t.code, a.lines, a.requested, a.amount, count(*) OVER (PARTITION BY t.action_id, t.kind) AS places
    FROM acts a JOIN action_territories t ON t.action_id = a.action_id
    WHERE t.kind IN ('qpv', 'commune', 'sector')
  ),
  by_place AS (
    SELECT kind, code, sum(lines)::bigint AS lines, sum(requested)::bigint AS requested, sum(amount)::bigint AS amount,
      coalesce(sum(amount) FILTER (WHERE places > 1), 0)::bigint AS shared
    FROM placed GROUP BY kind, code
  ),
  asked AS (SELECT envelope_id, count(*) AS lines, sum(amount)::bigint AS amount FROM lines WHERE amount > 0 AND envelope_id IS NOT NULL GROUP BY 1),
  held AS (SELECT held_in, sum(held)::bigint AS held FROM lines WHERE held > 0 GROUP BY 1),
  refused AS (
    SELECT l.*, d.number AS dossier_number, n.name AS funder_name,
      CASE
        WHEN l.is_p147 AND l.envelope_id IS NULL THEN 'ENVELOPE_MISSING'
        WHEN l.is_p147 AND l.held_by_cpo IS NOT NULL THEN 'HELD_BY_CPO'
        WHEN l.state <> ALL (CASE WHEN l.is_p147 THEN $2::text[] ELSE $3::text[] END) THEN 'ACT_NOT_ALLOWED'
        WHEN l.amount > l.requested THEN 'AMOUNT_ABOVE_REQUEST'
        WHEN l.is_p147 AND d.state <> 'admissible' THEN 'DOSSIER_NOT_ADMISSIBLE'
        WHEN l.envelope_id IS NOT NULL AND (e.funder_id <> l.funder_id OR e.year <> l.year
          OR (n.department_code IS NOT NULL AND e.department_code IS DISTINCT FROM n.department_code)) THEN 'WRONG_ENVELOPE'
        WHEN e.closed_at IS NOT NULL AND l.is_p147 THEN 'ENVELOPE_CLOSED'
        WHEN e.parent_id IS NOT NULL AND NOT EXISTS (SELECT FROM action_territories t WHERE t.action_id = l.action_id
          AND ((t.kind = 'sector' AND t.code = e.sector_code) OR (t.kind = 'commune' AND t.code = e.insee_code))) THEN 'OUTSIDE_SUB_ENVELOPE'
      END AS code
    FROM lines l
    JOIN dossiers d ON d.id = l.dossier_id
    JOIN funders n ON n.id = l.funder_id
    LEFT JOIN envelopes e ON e.id = l.envelope_id
    WHERE l.amount > 0
  )
  SELECT 'all' AS dimension, '' AS code, '' AS name, NULL AS detail, NULL::uuid AS owner, count(*) AS lines, coalesce(sum(requested), 0)::bigint AS requested,
    coalesce(sum(amount), 0)::bigint AS amount, count(*) FILTER (WHERE amount > 0) AS a, count(*) FILTER (WHERE planned = 0) AS b,
    count(*) FILTER (WHERE planned IS NULL) AS c, 0::bigint AS d, NULL::integer AS year, 0 AS rank, NULL AS department
  FROM lines
  UNION ALL
  SELECT 'cpo', '', '', NULL, NULL, 0, 0, 0,
    count(DISTINCT (organisation_id, funder_id)) FILTER (WHERE amount > 0 AND multi_year),
    count(DISTINCT (organisation_id, funder_id, multi_year)) FILTER (WHERE amount > 0),
    coalesce(sum(amount) FILTER (WHERE is_p147 AND multi_year), 0)::bigint, coalesce(sum(amount) FILTER (WHERE is_p147), 0)::bigint, NULL, 0, NULL
  FROM lines
  UNION ALL
  SELECT 'orientation', o.code, o.label, NULL, NULL, t.lines, t.requested, t.amount, 0, 0, 0, 0, NULL, o.position, NULL
  FROM (SELECT orientation_code, count(*) AS lines, sum(requested)::bigint AS requested, sum(amount)::bigint AS amount FROM lines GROUP BY 1) t
  JOIN orientations o ON o.code = t.orientation_code
  UNION ALL
  SELECT 'funder', f.code, f.name, NULL, NULL, t.lines, t.requested, t.amount, 0, 0, 0, 0, NULL, 0, NULL
  FROM (SELECT funder_id, count(*) AS lines, sum(requested)::bigint AS requested, sum(amount)::bigint AS amount FROM lines GROUP BY 1) t
  JOIN funders f ON f.id = t.funder_id
  UNION ALL
  SELECT p.kind, p.code, coalesce(q.name, m.name, s.name), NULL, NULL, p.lines, p.requested, p.amount, p.shared, 0, 0, 0, NULL, 0, NULL
  FROM by_place p
  LEFT JOIN qpv q ON p.kind = 'qpv' AND q.slug = p.code
  LEFT JOIN communes m ON p.kind = 'commune' AND m.insee_code = p.code
  LEFT JOIN sectors s ON p.kind = 'sector' AND s.code = p.code
  UNION ALL
  SELECT 'envelope', e.id::text, e.programme, f.code, NULL, t.lines, coalesce(h.held, 0), t.amount, e.ceiling_ae_cents, e.ceiling_cp_cents,
    e.reserved_cents + e.committed_cents + e.delegated_cents, 0, e.year, 0, e.department_code
  FROM asked t JOIN envelopes e ON e.id = t.envelope_id JOIN funders f ON f.id = e.funder_id LEFT JOIN held h ON h.held_in = e.id
  UNION ALL
  SELECT 'refusal', r.code, r.id::text,
    CASE r.code WHEN 'ACT_NOT_ALLOWED' THEN r.state WHEN 'DOSSIER_NOT_ADMISSIBLE' THEN r.dossier_number WHEN 'WRONG_ENVELOPE' THEN r.funder_name END,
    r.organisation_id, 1, r.requested, r.amount, r.is_p147::int, 0, 0, 0, r.year, r.position, NULL
  FROM refused r WHERE r.code IS NOT NULL
  ORDER BY dimension, rank, code, name`;

/** One row of it. What `a` to `d` are depends on the dimension. */
export interface TotalsRow {
  readonly dimension: string;
  readonly code: string;
  readonly name: string;
  readonly detail: string | null;
  /** The organisation of a refused line. */
  readonly owner: string | null;
  readonly lines: bigint;
  readonly requested: bigint;
  readonly amount: bigint;
  readonly a: bigint;
  readonly b: bigint;
  readonly c: bigint;
  readonly d: bigint;
  readonly year: number | null;
  readonly department: string | null;
}
