import type { Query } from '../../../platform/database/query.js';

/** A counter that says something else than the movements that should explain it. Amounts in cents. */
export interface LedgerFault {
  readonly object: 'envelope' | 'funding-line';
  readonly id: string;
  readonly counter: string;
  readonly counted: bigint;
  readonly explained: bigint;
}

// `effects` writes once what each kind of movement does to each counter; it owes nothing to the code that moves them.
const CHECK = `
  WITH effects (kind, counter, sign) AS (VALUES
    ('open', 'ceiling', 1), ('increase', 'ceiling', 1), ('decrease', 'ceiling', -1), ('delegate', 'delegated', 1), ('reserve', 'reserved', 1),
    ('release', 'reserved', -1), ('commit', 'committed', 1), ('decommit', 'committed', -1), ('pay', 'paid', 1), ('recover', 'paid', -1)),
  sums AS (
    SELECT m.envelope_id, m.funding_line_id, x.counter, sum(x.sign * m.ae_cents)::bigint AS ae, sum(x.sign * m.cp_cents)::bigint AS cp
    FROM movements m JOIN effects x USING (kind) GROUP BY 1, 2, 3),
  of_envelopes AS (SELECT envelope_id, counter, sum(ae)::bigint AS ae, sum(cp)::bigint AS cp FROM sums GROUP BY 1, 2),
  of_lines AS (SELECT funding_line_id, counter, sum(ae)::bigint AS ae FROM sums WHERE funding_line_id IS NOT NULL GROUP BY 1, 2),
  held AS (SELECT funding_line_id, envelope_id, sum(ae)::bigint AS ae FROM sums WHERE counter IN ('reserved', 'committed') GROUP BY 1, 2),
  checks (object, id, counter, counted, explained) AS (
    SELECT 'envelope', e.id, c.name, c.counted, coalesce(CASE c.name WHEN 'ceiling-cp' THEN s.cp ELSE s.ae END, 0)
    FROM envelopes e
    CROSS JOIN LATERAL (VALUES ('ceiling-ae', 'ceiling', e.ceiling_ae_cents), ('ceiling-cp', 'ceiling', e.ceiling_cp_cents),
      ('reserved', 'reserved', e.reserved_cents), ('committed', 'committed', e.committed_cents),
      ('delegated', 'delegated', e.delegated_cents), ('paid', 'paid', e.paid_cents)) AS c (name, counter, counted)
    LEFT JOIN of_envelopes s ON s.envelope_id = e.id AND s.counter = c.counter
    UNION ALL
    SELECT 'funding-line', l.id, c.counter, c.counted, coalesce(s.ae, 0)
    FROM funding_lines l CROSS JOIN LATERAL (VALUES ('reserved', l.reserved_cents), ('committed', l.committed_cents),
      ('paid', CASE WHEN l.envelope_id IS NULL THEN 0 ELSE l.paid_cents END)) AS c (counter, counted)
    LEFT JOIN of_lines s ON s.funding_line_id = l.id AND s.counter = c.counter
    UNION ALL
    -- Credit is held in the envelope that the line names, and in no other.
    SELECT 'funding-line', l.id, 'held in ' || h.envelope_id, CASE WHEN h.envelope_id = l.envelope_id THEN l.reserved_cents + l.committed_cents ELSE 0 END, h.ae
    FROM held h JOIN funding_lines l ON l.id = h.funding_line_id
    UNION ALL
    -- What the line's state says it holds.
    SELECT 'funding-line', id, 'state ' || state, CASE state WHEN 'proposed' THEN reserved_cents ELSE committed_cents END,
      CASE state WHEN 'proposed' THEN proposed_cents ELSE granted_cents END
    FROM funding_lines WHERE state IN ('proposed', 'approved', 'announced') AND envelope_id IS NOT NULL)
  SELECT object, id, counter, counted, explained FROM checks WHERE counted <> explained ORDER BY object, id, counter`;

/** Every counter of envelopes and lines that the ledger does not explain to the cent; none, at any instant, unless something is broken. */
export function ledgerFaults(query: Query): Promise<LedgerFault[]> {
  return query<LedgerFault>(CHECK);
}
