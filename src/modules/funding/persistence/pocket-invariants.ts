import type { Invariant } from '../../../platform/database/invariants.js';

/** What the lines of programme 147 whose action targets a pocket hold, by their movements; from the actions, not from what the lines say of them. */
const USED = `SELECT f.department_code, l.year,
    sum(CASE WHEN m.kind IN ('reserve', 'commit') THEN m.ae_cents WHEN m.kind IN ('release', 'decommit') THEN -m.ae_cents ELSE 0 END) AS cents
  FROM movements m JOIN funding_lines l ON l.id = m.funding_line_id JOIN actions a ON a.id = l.action_id JOIN funders f ON f.id = l.funder_id
  WHERE a.pocket_id IS NOT NULL AND f.code LIKE 'P147-%' GROUP BY 1, 2`;

export const POCKET_INVARIANTS: readonly Invariant[] = [
  {
    name: 'pocket-use-equals-the-ledger',
    sql: `WITH used AS (${USED})
      SELECT 'pocket-limit' AS object, coalesce(p.department_code, u.department_code) || '/' || coalesce(p.year, u.year) AS id, 'used' AS counter,
        coalesce(p.used_cents, 0) AS counted, coalesce(u.cents, 0) AS explained, coalesce(p.used_cents, 0) = coalesce(u.cents, 0) AS holds
      FROM pocket_limits p FULL JOIN used u ON u.department_code = p.department_code AND u.year = p.year`,
  },
  {
    name: 'pockets-within-their-limit',
    sql: `WITH used AS (${USED})
      SELECT 'pocket-limit' AS object, u.department_code || '/' || u.year AS id, 'used' AS counter, u.cents AS counted,
        coalesce(p.base_cents, 0) * 25 / 1000 AS explained, u.cents = 0 OR u.cents * 1000 <= p.base_cents * 25 AS holds
      FROM used u LEFT JOIN pocket_limits p ON p.department_code = u.department_code AND p.year = u.year`,
  },
  {
    name: 'lines-know-their-pocket',
    sql: `SELECT 'funding-line' AS object, l.id, 'pocket' AS counter, (l.pocket_id IS NOT NULL)::int AS counted, (a.pocket_id IS NOT NULL)::int AS explained,
        l.pocket_id IS NOT DISTINCT FROM a.pocket_id AS holds
      FROM funding_lines l JOIN actions a ON a.id = l.action_id JOIN funders f ON f.id = l.funder_id WHERE f.code LIKE 'P147-%'`,
  },
];
