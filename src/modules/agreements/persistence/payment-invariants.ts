import type { FaultSearch } from '../../../platform/database/invariants.js';

const LIVE = `SELECT funding_line_id, sum(amount_cents) FILTER (WHERE reversed_at IS NULL)::bigint AS live, sum(amount_cents)::bigint AS everything,
  coalesce(sum(amount_cents) FILTER (WHERE reversed_at IS NOT NULL), 0)::bigint AS reversed FROM payments GROUP BY 1`;

/** Of payments, for whoever checks the ledger while the service runs. They owe nothing to the code that writes payments. */
export const PAYMENT_INVARIANTS: readonly FaultSearch[] = [
  {
    // What beneficiaries paid back is recorded elsewhere, on lines that came to their end.
    name: 'payments-explain-paid',
    faults: `SELECT l.id, l.paid_cents AS counted, coalesce(p.live, 0) AS explained
      FROM funding_lines l LEFT JOIN (${LIVE}) p ON p.funding_line_id = l.id
      WHERE CASE WHEN l.state IN ('repayment-due', 'closed') THEN l.paid_cents > coalesce(p.live, 0) ELSE l.paid_cents <> coalesce(p.live, 0) END`,
  },
  {
    name: 'payments-explain-movements',
    faults: `SELECT l.id, m.paid AS counted, coalesce(p.everything, 0) AS explained
      FROM funding_lines l
      JOIN LATERAL (SELECT coalesce(sum(ae_cents), 0)::bigint AS paid FROM movements m WHERE m.funding_line_id = l.id AND m.kind = 'pay') m ON true
      LEFT JOIN (${LIVE}) p ON p.funding_line_id = l.id
      WHERE l.envelope_id IS NOT NULL AND m.paid <> coalesce(p.everything, 0)`,
  },
  {
    name: 'reversals-are-exact',
    faults: `SELECT l.id, m.recovered AS counted, coalesce(p.reversed, 0) AS explained
      FROM funding_lines l
      JOIN LATERAL (SELECT coalesce(sum(ae_cents), 0)::bigint AS recovered FROM movements m WHERE m.funding_line_id = l.id AND m.kind = 'recover') m ON true
      LEFT JOIN (${LIVE}) p ON p.funding_line_id = l.id
      WHERE l.envelope_id IS NOT NULL AND CASE WHEN l.state IN ('repayment-due', 'closed') THEN m.recovered < coalesce(p.reversed, 0)
        ELSE m.recovered <> coalesce(p.reversed, 0) END`,
  },
  {
    name: 'paid-within-grant',
    faults: `SELECT id, paid_cents AS counted, coalesce(granted_cents, 0) AS explained FROM funding_lines WHERE paid_cents > coalesce(granted_cents, 0)`,
  },
  {
    name: 'chorus-row-applied-once',
    faults: `SELECT min(id::text) AS id, count(*) AS counted, 1::bigint AS explained FROM chorus_rows WHERE status = 'applied'
      GROUP BY ej, ej_item, dp, dp_item, year HAVING count(*) > 1`,
  },
  {
    // An applied row is a live payment of its line, to the cent; a reversed one is a reversed payment; nothing else paid from Chorus.
    name: 'chorus-rows-are-payments',
    faults: `SELECT coalesce(r.id, p.id) AS id, r.amount_cents AS counted, p.amount_cents AS explained
      FROM chorus_rows r FULL JOIN payments p ON p.id = r.payment_id
      WHERE (p.source = 'chorus' OR r.payment_id IS NOT NULL) AND (r.id IS NULL OR p.id IS NULL OR p.source <> 'chorus'
        OR r.amount_cents <> p.amount_cents OR r.funding_line_id <> p.funding_line_id OR r.paid_on <> p.paid_on
        OR (r.status = 'applied') <> (p.reversed_at IS NULL))`,
  },
];
