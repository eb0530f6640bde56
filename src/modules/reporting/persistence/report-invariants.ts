import type { FaultSearch } from '../../../platform/database/invariants.js';

/** What must hold of reports, repayments and blocks at any instant. */
export const REPORT_INVARIANTS: readonly FaultSearch[] = [
  {
    name: 'a justified line has an accepted review',
    faults: `SELECT l.id FROM funding_lines l
          WHERE l.state = 'justified' AND NOT EXISTS (SELECT FROM report_reviews v WHERE v.funding_line_id = l.id AND v.decision = 'accept')`,
  },
  {
    name: 'a line whose report is accepted waits for no other review',
    faults: `SELECT l.id FROM funding_lines l JOIN report_reviews v ON v.funding_line_id = l.id AND v.decision = 'accept'
          WHERE l.state NOT IN ('justified', 'repayment-due', 'closed')`,
  },
  {
    name: 'a report is accepted when none of its lines waits for a review',
    faults: `SELECT r.id FROM reports r JOIN funding_lines l ON l.action_id = r.action_id AND l.year = r.year
          WHERE r.state = 'accepted' AND l.state IN ('report-submitted', 'to-amend')`,
  },
  {
    name: 'what is attested is what is stored',
    faults: `SELECT r.id FROM reports r
          WHERE r.attested_hash IS NOT NULL AND r.attested_hash IS DISTINCT FROM
            (SELECT s.content_hash FROM report_snapshots s WHERE s.report_id = r.id ORDER BY s.version DESC LIMIT 1)`,
  },
  {
    name: 'repayments received are at most what was asked, and are the sum of their receipts',
    faults: `SELECT p.id FROM repayments p
          WHERE p.received_cents > p.amount_cents
             OR p.received_cents <> (SELECT coalesce(sum(e.amount_cents), 0) FROM repayment_receipts e WHERE e.repayment_id = p.id)`,
  },
  {
    name: 'a repayment is expected of the lines that owe one, and of no other',
    faults: `SELECT l.id FROM funding_lines l LEFT JOIN repayments p ON p.funding_line_id = l.id AND p.state = 'asked'
          WHERE (l.state = 'repayment-due') <> (p.id IS NOT NULL)`,
  },
  {
    name: 'what a repayment expects was paid and not recovered',
    faults: `SELECT p.id FROM repayments p JOIN funding_lines l ON l.id = p.funding_line_id
          WHERE p.state = 'asked' AND p.amount_cents - p.received_cents > l.paid_cents`,
  },
  {
    name: 'a closed line holds what is paid and no more',
    faults: `SELECT l.id FROM funding_lines l WHERE l.state = 'closed' AND l.envelope_id IS NOT NULL AND l.committed_cents <> l.paid_cents`,
  },
  {
    name: 'a block lives as long as its report is late and not submitted',
    faults: `SELECT b.id FROM organisation_blocks b LEFT JOIN report_obligations o ON o.action_id = b.action_id AND o.year = b.year
          WHERE b.lifted_at IS NULL
            AND (b.organisation_id IS DISTINCT FROM o.organisation_id OR o.submitted_at IS NOT NULL OR o.due_on >= (b.put_at AT TIME ZONE 'Europe/Paris')::date)`,
  },
];
