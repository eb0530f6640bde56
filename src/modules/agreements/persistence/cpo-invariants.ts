import type { FaultSearch } from '../../../platform/database/invariants.js';

const TRANCHES = 'cpo_tranches t JOIN cpos c ON c.id = t.cpo_id JOIN funding_lines l ON l.id = t.funding_line_id';
const UNDECIDED = `('requested', 'taken-up', 'instructed', 'on-agenda', 'adjourned', 'unfavourable')`;
const GRANTED = `('approved', 'announced', 'act-generated', 'signed', 'notified', 'partly-paid', 'paid', 'to-justify', 'report-submitted', 'to-amend',
  'justified', 'not-carried-out', 'repayment-due', 'closed')`;
const SIGNED = 'c.signed_on IS NOT NULL';

/** What holds of CPOs at any instant. They owe nothing to the code that keeps them. */
export const CPO_INVARIANTS: readonly FaultSearch[] = [
  {
    name: 'a later year is granted once the report on the year before is accepted',
    faults: `SELECT t.cpo_id, t.year, l.state FROM ${TRANCHES}
      WHERE ${SIGNED} AND t.rank > 1 AND (t.confirmed_at IS NOT NULL OR l.state IN ${GRANTED})
        AND NOT EXISTS (SELECT FROM cpo_interim_reports r WHERE r.action_id = c.action_id AND r.year = t.year - 1)`,
  },
  {
    name: 'the line of a year is granted if and only if the year is confirmed',
    faults: `SELECT t.cpo_id, t.year, l.state FROM ${TRANCHES}
      WHERE ${SIGNED} AND ((l.state IN ${GRANTED} AND t.confirmed_at IS NULL)
        OR (t.confirmed_at IS NOT NULL AND l.state NOT IN ${GRANTED} AND l.state NOT IN ('cancelled', 'withdrawn')))`,
  },
  {
    name: 'the years of a CPO are one grant: one action, one funder, one scheme, 3 or 4 years in a row',
    faults: `SELECT t.cpo_id, t.year FROM ${TRANCHES}
      WHERE (l.action_id, l.funder_id, l.scheme, l.year) IS DISTINCT FROM (c.action_id, c.funder_id, c.scheme, t.year)
        OR t.year <> c.first_year + t.rank - 1
      UNION ALL
      SELECT c.id, count(t.year)::integer FROM cpos c LEFT JOIN cpo_tranches t ON t.cpo_id = c.id
      GROUP BY c.id HAVING count(t.year) <> c.last_year - c.first_year + 1 OR count(t.year) NOT IN (3, 4)`,
  },
  {
    name: 'a line is the year of one CPO in life at most',
    faults: `SELECT t.funding_line_id FROM ${TRANCHES} WHERE c.state IN ('negotiation', 'signed', 'active')
      GROUP BY t.funding_line_id HAVING count(*) > 1`,
  },
  {
    name: 'what the years of a signed CPO reserve is what their envelopes hold for their lines',
    faults: `SELECT c.id FROM ${TRANCHES} WHERE ${SIGNED} GROUP BY c.id
      HAVING coalesce(sum(t.amount_cents) FILTER (WHERE l.state = 'proposed'), 0) <> sum(l.reserved_cents)
        OR sum(l.reserved_cents) <> (SELECT coalesce(sum(CASE m.kind WHEN 'reserve' THEN m.ae_cents WHEN 'release' THEN -m.ae_cents ELSE 0 END), 0)
          FROM movements m JOIN cpo_tranches h ON h.funding_line_id = m.funding_line_id WHERE h.cpo_id = c.id)`,
  },
  {
    name: 'an unfunded year holds nothing',
    faults: `SELECT t.cpo_id, t.year FROM ${TRANCHES}
      WHERE ${SIGNED} AND l.state IN ${UNDECIDED} AND (l.reserved_cents <> 0 OR l.committed_cents <> 0 OR l.envelope_id IS NOT NULL)`,
  },
  {
    name: 'an act that stands puts one CPO on paper, for the same amounts until it is signed',
    faults: `SELECT a.id FROM acts a LEFT JOIN cpos c ON c.act_id = a.id WHERE a.kind = 'cpo' AND (a.state <> 'void') <> (c.id IS NOT NULL)
      UNION ALL
      SELECT c.id FROM cpos c JOIN acts a ON a.id = c.act_id WHERE a.kind <> 'cpo' OR (a.state = 'prepared') <> (c.state = 'negotiation')
      UNION ALL
      SELECT c.id FROM cpos c JOIN cpo_tranches t ON t.cpo_id = c.id
        LEFT JOIN act_lines n ON n.act_id = c.act_id AND n.funding_line_id = t.funding_line_id
      WHERE c.act_id IS NOT NULL AND c.state = 'negotiation' AND n.amount_cents IS DISTINCT FROM t.amount_cents`,
  },
  {
    name: 'a CPO that is over reserves nothing',
    faults: `SELECT t.cpo_id, t.year FROM ${TRANCHES} WHERE c.state IN ('ended', 'terminated') AND (l.reserved_cents <> 0 OR l.state = 'proposed')`,
  },
  {
    name: 'only its CPO decides on the year of a signed CPO, and on the later years of a negotiated one',
    faults: `SELECT t.cpo_id, t.year FROM ${TRANCHES}
      WHERE (c.state IN ('signed', 'active') OR (c.state = 'negotiation' AND t.rank > 1)) AND l.held_by_cpo IS DISTINCT FROM c.id
      UNION ALL
      SELECT t.cpo_id, t.year FROM ${TRANCHES} WHERE c.state = 'abandoned' AND l.held_by_cpo = c.id`,
  },
];
