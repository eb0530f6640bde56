import type { Query } from '../../../../src/platform/database/query.js';

/** What the database holds of the money, at one instant. Amounts in cents. */
export interface SeenLine {
  readonly id: string;
  readonly actionId: string;
  readonly funderId: string;
  readonly scheme: string | null;
  readonly year: number;
  readonly requested: number;
  readonly state: string;
  readonly granted: number;
  readonly paid: number;
  readonly reserved: number;
  readonly committed: number;
  readonly envelopeId: string | null;
  readonly held: boolean;
  readonly notifiedAt: string | null;
  /** Approvals and recorded grants, less those that were undone. */
  readonly approvals: number;
}

export interface SeenEnvelope {
  readonly id: string;
  readonly isPart: boolean;
  readonly ceiling: number;
  readonly reserved: number;
  readonly committed: number;
  readonly delegated: number;
  readonly paid: number;
  /** What came in less what went out, but for delegations. */
  readonly entered: number;
}

export interface SeenPayment {
  readonly id: string;
  readonly lineId: string;
  readonly cents: number;
  readonly reversed: boolean;
}

export interface SeenAmendment {
  readonly actId: string;
  readonly lineId: string;
  readonly from: number;
  readonly to: number;
}

export interface SeenTranche {
  readonly cpoId: string;
  readonly year: number;
  readonly lineId: string;
  readonly state: string;
  readonly cents: number;
  readonly confirmed: boolean;
  /** The report on the year before was accepted. */
  readonly isOpen: boolean;
}

export interface Snapshot {
  readonly lines: readonly SeenLine[];
  readonly envelopes: readonly SeenEnvelope[];
  readonly payments: readonly SeenPayment[];
  readonly amendments: readonly SeenAmendment[];
  readonly tranches: readonly SeenTranche[];
  readonly pocketUse: number;
}

const LINES = `
  SELECT l.id, l.action_id AS "actionId", l.funder_id AS "funderId", l.scheme, l.year, l.requested_cents AS requested, l.state,
    coalesce(l.granted_cents, 0) AS granted, l.paid_cents AS paid, l.reserved_cents AS reserved, l.committed_cents AS committed,
    l.envelope_id AS "envelopeId", l.held_by_cpo IS NOT NULL AS held, l.notified_at AS "notifiedAt",
    (SELECT count(*) FILTER (WHERE a.act IN ('funding-line.approved', 'funding-line.decision-recorded') AND a.after ->> 'state' = 'approved')
       - count(*) FILTER (WHERE a.act IN ('funding-line.released', 'funding-line.cancelled') AND a.before ->> 'state' IN ('approved', 'announced'))
     FROM audit a WHERE a.object_id = l.id::text) AS approvals
  FROM funding_lines l`;
const ENVELOPES = `
  SELECT e.id, e.parent_id IS NOT NULL AS "isPart", e.ceiling_ae_cents AS ceiling, e.reserved_cents AS reserved, e.committed_cents AS committed,
    e.delegated_cents AS delegated, e.paid_cents AS paid,
    (SELECT coalesce(sum(CASE m.kind WHEN 'decrease' THEN -m.ae_cents ELSE m.ae_cents END), 0) FROM movements m
     WHERE m.envelope_id = e.id AND m.kind IN ('open', 'increase', 'decrease') AND m.counterpart_envelope_id IS NULL) AS entered
  FROM envelopes e`;
const PAYMENTS = `SELECT id, funding_line_id AS "lineId", amount_cents AS cents, reversed_at IS NOT NULL AS reversed FROM payments`;
const AMENDMENTS = `SELECT act_id AS "actId", funding_line_id AS "lineId", from_cents AS "from", to_cents AS "to" FROM grant_amendments`;
const TRANCHES = `
  SELECT t.cpo_id AS "cpoId", t.year, t.funding_line_id AS "lineId", c.state, t.amount_cents AS cents, t.confirmed_at IS NOT NULL AS confirmed,
    EXISTS (SELECT FROM cpo_interim_reports r WHERE r.action_id = c.action_id AND r.year = t.year - 1) AS "isOpen"
  FROM cpo_tranches t JOIN cpos c ON c.id = t.cpo_id`;

const all = (sql: string) => `(SELECT coalesce(json_agg(row_to_json(t)), '[]') FROM (${sql}) t)`;

export async function snapshot(query: Query): Promise<Snapshot> {
  const [row] = await query<{ seen: Snapshot }>(
    `SELECT json_build_object('lines', ${all(LINES)}, 'envelopes', ${all(ENVELOPES)}, 'payments', ${all(PAYMENTS)},
       'amendments', ${all(AMENDMENTS)}, 'tranches', ${all(TRANCHES)},
       'pocketUse', (SELECT coalesce(sum(used_cents), 0) FROM pocket_limits)) AS seen`,
  );
  if (!row) throw new Error('nothing seen');
  return row.seen;
}
