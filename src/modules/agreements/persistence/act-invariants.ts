import type { FaultSearch } from '../../../platform/database/invariants.js';

/** What must hold of acts at any instant. */
export const ACT_INVARIANTS: readonly FaultSearch[] = [
  {
    name: 'acts: the numbers of a funder and year run from 1 without a gap',
    faults: `
      SELECT s.funder_id, s.year, s.last, count(a.id) AS acts, max(a.rank) AS highest
      FROM act_series s LEFT JOIN acts a ON a.funder_id = s.funder_id AND a.year = s.year AND a.rank IS NOT NULL
      GROUP BY s.funder_id, s.year, s.last
      HAVING count(a.id) <> s.last OR max(a.rank) IS DISTINCT FROM s.last
      UNION ALL
      SELECT a.funder_id, a.year, NULL, count(*), max(a.rank) FROM acts a
      WHERE a.rank IS NOT NULL AND NOT EXISTS (SELECT FROM act_series s WHERE s.funder_id = a.funder_id AND s.year = a.year)
      GROUP BY a.funder_id, a.year`,
  },
  {
    name: 'acts: a line has one act that stands',
    faults: `
      SELECT l.funding_line_id, count(*) AS acts FROM act_lines l JOIN acts a ON a.id = l.act_id
      JOIN funding_lines f ON f.id = l.funding_line_id
      WHERE l.purpose IN ('grant', 'refusal') AND a.state <> 'void' AND (a.kind <> 'cpo' OR f.year = a.year) GROUP BY l.funding_line_id HAVING count(*) > 1`,
  },
  {
    name: 'acts: an act that waits for its signature, or is signed, holds its lines in that state',
    faults: `
      SELECT a.id, a.state, l.id AS line, l.state AS line_state FROM acts a JOIN act_lines n ON n.act_id = a.id JOIN funding_lines l ON l.id = n.funding_line_id
      WHERE n.purpose = 'grant' AND a.kind <> 'cpo' AND l.state <> 'cancelled'
        AND ((a.state = 'prepared' AND l.state <> 'act-generated') OR (a.state = 'signed' AND l.state <> 'signed'))`,
  },
  {
    name: 'acts: what is notified was signed, and stands',
    faults: `
      SELECT l.id FROM funding_lines l WHERE l.notified_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM act_lines n JOIN acts a ON a.id = n.act_id
                        WHERE n.funding_line_id = l.id AND n.purpose = 'grant' AND n.live AND a.state = 'notified' AND a.signed_on IS NOT NULL)`,
  },
  {
    name: 'acts: a notified amount is that of its act, or of its last amendment',
    faults: `
      SELECT l.id, l.granted_cents, n.amount_cents, m.to_cents
      FROM funding_lines l
      JOIN act_lines n ON n.funding_line_id = l.id AND n.purpose = 'grant' AND n.live
      LEFT JOIN LATERAL (SELECT g.to_cents FROM grant_amendments g WHERE g.funding_line_id = l.id ORDER BY g.amended_at DESC, g.act_id DESC LIMIT 1) m ON true
      WHERE l.notified_at IS NOT NULL AND l.granted_cents IS DISTINCT FROM coalesce(m.to_cents, n.amount_cents)`,
  },
];
