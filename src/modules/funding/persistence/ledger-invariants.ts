import type { Invariant } from '../../../platform/database/invariants.js';
import { POCKET_INVARIANTS } from './pocket-invariants.js';

// What each kind of movement does to each counter, written once here, and never read from the code that moves them.
const EFFECTS = `effects (kind, counter, sign) AS (VALUES
  ('open', 'ceiling', 1), ('increase', 'ceiling', 1), ('decrease', 'ceiling', -1), ('delegate', 'delegated', 1), ('take-back', 'delegated', -1),
  ('reserve', 'reserved', 1), ('release', 'reserved', -1), ('commit', 'committed', 1), ('decommit', 'committed', -1), ('pay', 'paid', 1),
  ('recover', 'paid', -1))`;

const COUNTERS_OF_ENVELOPE = `(VALUES ('ceiling-ae', 'ceiling', e.ceiling_ae_cents), ('ceiling-cp', 'ceiling', e.ceiling_cp_cents),
  ('reserved', 'reserved', e.reserved_cents), ('committed', 'committed', e.committed_cents), ('delegated', 'delegated', e.delegated_cents),
  ('paid', 'paid', e.paid_cents)) AS c (name, counter, counted)`;

/** A funder without an envelope here pays too, and no ledger knows of it. */
const COUNTERS_OF_LINE = `(VALUES ('reserved', l.reserved_cents), ('committed', l.committed_cents),
  ('paid', CASE WHEN l.envelope_id IS NULL THEN 0 ELSE l.paid_cents END)) AS c (counter, counted)`;

/** States of a line that hold what was granted, until its end. */
const GRANTED = `('approved', 'announced', 'act-generated', 'signed', 'notified', 'partly-paid', 'paid', 'to-justify', 'report-submitted', 'to-amend',
  'justified', 'not-carried-out', 'repayment-due')`;

const OF_ENVELOPES: readonly Invariant[] = [
  {
    name: 'envelope-counters-equal-the-ledger',
    sql: `WITH ${EFFECTS}, sums AS (
        SELECT m.envelope_id, x.counter, sum(x.sign * m.ae_cents) AS ae, sum(x.sign * m.cp_cents) AS cp
        FROM movements m JOIN effects x USING (kind) GROUP BY 1, 2)
      SELECT 'envelope' AS object, e.id, c.name AS counter, c.counted,
        coalesce(CASE c.name WHEN 'ceiling-cp' THEN s.cp ELSE s.ae END, 0) AS explained,
        c.counted = coalesce(CASE c.name WHEN 'ceiling-cp' THEN s.cp ELSE s.ae END, 0) AS holds
      FROM envelopes e CROSS JOIN LATERAL ${COUNTERS_OF_ENVELOPE}
      LEFT JOIN sums s ON s.envelope_id = e.id AND s.counter = c.counter`,
  },
  {
    name: 'no-counter-is-negative',
    sql: `SELECT 'envelope' AS object, e.id, c.name AS counter, c.counted, 0 AS explained, c.counted >= 0 AS holds
      FROM envelopes e CROSS JOIN LATERAL ${COUNTERS_OF_ENVELOPE}
      UNION ALL
      SELECT 'funding-line', l.id, c.counter, c.counted, 0, c.counted >= 0 FROM funding_lines l CROSS JOIN LATERAL ${COUNTERS_OF_LINE}`,
  },
  {
    name: 'no-envelope-passes-its-ceilings',
    sql: `SELECT 'envelope' AS object, e.id, c.name AS counter, e.reserved_cents + e.committed_cents + e.delegated_cents AS counted,
        c.counted AS explained, e.reserved_cents + e.committed_cents + e.delegated_cents <= c.counted AS holds
      FROM envelopes e CROSS JOIN LATERAL ${COUNTERS_OF_ENVELOPE} WHERE c.counter = 'ceiling'`,
  },
  {
    name: 'paid-within-committed',
    sql: `SELECT 'envelope' AS object, id, 'paid' AS counter, paid_cents AS counted, committed_cents AS explained, paid_cents <= committed_cents AS holds
      FROM envelopes
      UNION ALL
      SELECT 'funding-line', id, 'paid', paid_cents, committed_cents, paid_cents <= committed_cents FROM funding_lines WHERE envelope_id IS NOT NULL`,
  },
  {
    name: 'delegated-credit-is-in-sub-envelopes',
    sql: `WITH ends AS (
        SELECT p.id AS parent_id, coalesce(sum(CASE WHEN m.kind = 'decrease' THEN -m.ae_cents ELSE m.ae_cents END), 0) AS ae,
          coalesce(sum(CASE WHEN m.kind = 'decrease' THEN -m.cp_cents ELSE m.cp_cents END), 0) AS cp
        FROM envelopes p LEFT JOIN envelopes c ON c.parent_id = p.id
        LEFT JOIN movements m ON m.envelope_id = c.id AND m.counterpart_envelope_id = p.id AND m.kind IN ('open', 'increase', 'decrease')
        GROUP BY p.id)
      SELECT 'envelope' AS object, p.id, 'delegated-' || v.name AS counter, p.delegated_cents AS counted, v.came AS explained,
        p.delegated_cents = v.came AS holds
      FROM envelopes p JOIN ends ON ends.parent_id = p.id CROSS JOIN LATERAL (VALUES ('ae', ends.ae), ('cp', ends.cp)) AS v (name, came)`,
  },
  {
    name: 'sub-envelopes-are-parts-of-their-parent',
    sql: `SELECT 'envelope' AS object, c.id, 'parent' AS counter, count(fed.*) AS counted, 0 AS explained,
        count(fed.*) = 0 AND p.parent_id IS NULL
        AND (c.funder_id, c.programme, c.year, c.department_code) IS NOT DISTINCT FROM (p.funder_id, p.programme, p.year, p.department_code) AS holds
      FROM envelopes c JOIN envelopes p ON p.id = c.parent_id
      LEFT JOIN movements fed ON fed.envelope_id = c.id AND fed.kind IN ('open', 'increase') AND fed.counterpart_envelope_id IS DISTINCT FROM p.id
      GROUP BY c.id, p.id`,
  },
  {
    name: 'closed-envelopes-hold-nothing',
    sql: `SELECT 'envelope' AS object, e.id, v.name AS counter, v.counted, v.explained, v.counted = v.explained AS holds
      FROM envelopes e CROSS JOIN LATERAL (VALUES ('reserved', e.reserved_cents, 0::bigint),
        ('free-ae', e.ceiling_ae_cents, e.committed_cents + e.delegated_cents), ('free-cp', e.ceiling_cp_cents, e.committed_cents + e.delegated_cents),
        ('open-parts', (SELECT count(*) FROM envelopes c WHERE c.parent_id = e.id AND c.closed_at IS NULL), 0::bigint)) AS v (name, counted, explained)
      WHERE e.closed_at IS NOT NULL`,
  },
  {
    name: 'carried-over-within-what-lapsed',
    sql: `SELECT 'envelope' AS object, e.id, 'carried-over' AS counter, coalesce(sum(into_next.ae_cents), 0) AS counted,
        coalesce(max(lapsed.ae_cents), 0) AS explained,
        coalesce(sum(into_next.ae_cents), 0) <= coalesce(max(lapsed.ae_cents), 0)
        AND coalesce(sum(into_next.cp_cents), 0) <= coalesce(max(lapsed.cp_cents), 0) AND bool_and(n.id IS NULL OR n.year = e.year + 1) AS holds
      FROM envelopes e
      LEFT JOIN movements lapsed ON lapsed.envelope_id = e.id AND lapsed.kind = 'decrease' AND lapsed.reference IS NOT NULL
      LEFT JOIN movements into_next ON into_next.counterpart_envelope_id = e.id AND into_next.kind = 'increase' AND into_next.reference IS NOT NULL
      LEFT JOIN envelopes n ON n.id = into_next.envelope_id
      WHERE e.closed_at IS NOT NULL GROUP BY e.id`,
  },
  {
    name: 'one-envelope-an-identity',
    sql: `SELECT 'envelope' AS object, min(id::text) AS id, 'identity' AS counter, count(*) AS counted, 1 AS explained, count(*) = 1 AS holds
      FROM envelopes GROUP BY funder_id, programme, year, department_code, sector_code, insee_code`,
  },
];

const OF_LINES: readonly Invariant[] = [
  {
    name: 'line-amounts-equal-the-ledger',
    sql: `WITH ${EFFECTS}, sums AS (
        SELECT m.funding_line_id, x.counter, sum(x.sign * m.ae_cents) AS ae
        FROM movements m JOIN effects x USING (kind) WHERE m.funding_line_id IS NOT NULL GROUP BY 1, 2)
      SELECT 'funding-line' AS object, l.id, c.counter, c.counted, coalesce(s.ae, 0) AS explained, c.counted = coalesce(s.ae, 0) AS holds
      FROM funding_lines l CROSS JOIN LATERAL ${COUNTERS_OF_LINE}
      LEFT JOIN sums s ON s.funding_line_id = l.id AND s.counter = c.counter`,
  },
  {
    name: 'lines-are-held-where-they-say',
    sql: `WITH ${EFFECTS}, held AS (
        SELECT m.funding_line_id, m.envelope_id, sum(x.sign * m.ae_cents) AS ae
        FROM movements m JOIN effects x USING (kind)
        WHERE m.funding_line_id IS NOT NULL AND x.counter IN ('reserved', 'committed') GROUP BY 1, 2),
      said AS (
        SELECT h.*, CASE WHEN h.envelope_id = l.envelope_id THEN l.reserved_cents + l.committed_cents ELSE 0 END AS counted
        FROM held h JOIN funding_lines l ON l.id = h.funding_line_id)
      SELECT 'funding-line' AS object, funding_line_id AS id, 'held in ' || envelope_id AS counter, counted, ae AS explained, counted = ae AS holds FROM said`,
  },
  {
    name: 'line-states-agree-with-what-is-held',
    sql: `WITH said AS (
        SELECT l.*, CASE WHEN state = 'proposed' THEN proposed_cents ELSE 0 END AS should_reserve,
          CASE WHEN state IN ${GRANTED} THEN granted_cents WHEN state = 'closed' THEN paid_cents ELSE 0 END AS should_commit
        FROM funding_lines l WHERE envelope_id IS NOT NULL OR reserved_cents + committed_cents > 0)
      SELECT 'funding-line' AS object, id, 'state ' || state || ' ' || v.name AS counter, v.counted, v.explained, v.counted = v.explained AS holds
      FROM said CROSS JOIN LATERAL (VALUES ('reserved', reserved_cents, should_reserve), ('committed', committed_cents, should_commit))
        AS v (name, counted, explained)`,
  },
  {
    name: 'nothing-granted-above-the-request',
    sql: `SELECT 'funding-line' AS object, id, v.name AS counter, v.counted, requested_cents AS explained, v.counted <= requested_cents AS holds
      FROM funding_lines CROSS JOIN LATERAL (VALUES ('proposed', proposed_cents), ('granted', granted_cents)) AS v (name, counted)
      WHERE v.counted IS NOT NULL`,
  },
  {
    name: 'four-eyes-on-programme-147',
    sql: `SELECT 'funding-line' AS object, l.id, 'proposed and granted by one' AS counter, (l.proposed_by = l.decided_by)::int AS counted, 0 AS explained,
        l.proposed_by IS NOT NULL AND l.decided_by IS NOT NULL AND l.proposed_by <> l.decided_by AS holds
      FROM funding_lines l JOIN funders f ON f.id = l.funder_id
      WHERE f.code LIKE 'P147-%' AND l.granted_cents IS NOT NULL AND l.state IN ${GRANTED}`,
  },
  {
    name: 'one-live-line-an-identity',
    sql: `SELECT 'funding-line' AS object, min(id::text) AS id, 'identity' AS counter, count(*) AS counted, 1 AS explained, count(*) = 1 AS holds
      FROM funding_lines WHERE state <> 'withdrawn' GROUP BY action_id, funder_id, scheme, year`,
  },
  {
    name: 'lines-are-paid-from-their-own-envelope',
    sql: `SELECT 'funding-line' AS object, l.id, 'envelope' AS counter, (l.year <> e.year)::int AS counted, 0 AS explained,
        l.funder_id = e.funder_id AND l.year = e.year AS holds
      FROM funding_lines l JOIN envelopes e ON e.id = l.envelope_id`,
  },
];

/** What the ledger of envelopes and lines promises at any instant. */
export const FUNDING_INVARIANTS: readonly Invariant[] = [...OF_ENVELOPES, ...OF_LINES, ...POCKET_INVARIANTS];
