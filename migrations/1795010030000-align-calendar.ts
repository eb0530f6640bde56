import type { MigrationInterface, QueryRunner } from 'typeorm';

const STAFF = `'instructor', 'delegate', 'prefecture', 'coordinator', 'partner', 'auditor'`;

/** The calendar, with what this migration changes in it: the calls' own dates, the State's silence and the payments. */
const CALENDAR = (calls: string, silence: string, payments: string): string => `
      CREATE OR REPLACE VIEW calendar_deadlines AS${calls}
        UNION ALL
        SELECT m.user_id, 'call-closing', d.call_id || '/' || d.organisation_id, d.closes_at, NULL, d.call_title, d.call_year,
               d.organisation_name, string_agg(d.number, ', ' ORDER BY d.number), NULL
        FROM notified_dossiers d JOIN notified_members m USING (organisation_id)
        WHERE d.is_call_published AND d.state IN ('draft', 'awaiting-attestation') AND (m.is_editor OR m.is_signatory)
        GROUP BY m.user_id, d.call_id, d.organisation_id, d.closes_at, d.call_title, d.call_year, d.organisation_name
        UNION ALL
        SELECT m.user_id, 'complement-due', r.id::text, NULL, r.due_on, d.title, d.call_year, d.organisation_name, d.number, NULL
        FROM complement_rows r JOIN notified_dossiers d ON d.id = r.dossier_id JOIN notified_members m USING (organisation_id)
        WHERE r.status = 'open' AND (m.is_editor OR m.is_signatory)
        UNION ALL
        SELECT m.user_id, 'report-due', o.action_id || '/' || o.year, NULL, o.due_on, o.action_title, o.year, o.organisation_name, o.dossier_number, NULL
        FROM report_obligations o JOIN notified_members m USING (organisation_id)
        WHERE (o.report_state IS NULL OR o.report_state IN ('draft', 'to-amend')) AND (m.is_editor OR m.is_signatory)
        UNION ALL
        -- A session is the staff's: a seat without a role shows nothing.
        SELECT s.user_id, 'committee-session', c.id::text, NULL, c.held_on, c.title, NULL, NULL, NULL, c.place
        FROM committees c JOIN committee_members s ON s.committee_id = c.id
        WHERE c.state <> 'draft' AND EXISTS (SELECT FROM notified_staff g WHERE g.user_id = s.user_id AND g.role IN (${STAFF}))
        UNION ALL${silence}
        UNION ALL${payments};`;

/** The calendar announces the State's silence and the payments to those whom the reminders are sent to, and the dates of calls to all who work on them. */
export class AlignCalendar1795010030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      CALENDAR(
        `
        -- Who writes and works for the administration too sees an opening once.
        SELECT p.user_id, 'call-opening' AS kind, c.id::text AS key, c.opens_at AS at, NULL::date AS on_day, c.title, c.year,
               NULL::text AS organisation, NULL::text AS reference, NULL::text AS place
        FROM notified_calls c CROSS JOIN (
          SELECT user_id FROM notified_members WHERE is_editor OR is_signatory
          UNION
          SELECT user_id FROM notified_staff WHERE role IN (${STAFF})) p
        UNION ALL
        -- The staff's closing is everyone's; an applicant's counts for drafts only, with the extension of their organisation.
        SELECT DISTINCT s.user_id, 'call-closing', c.id::text, c.closes_at, NULL::date, c.title, c.year, NULL, NULL, NULL
        FROM notified_calls c CROSS JOIN notified_staff s
        WHERE s.role IN (${STAFF})`,
        `
        -- To those whom decisions-due reminds (notified_silence_breakers): a dossier once, however many of its lines are silent.
        SELECT DISTINCT b.user_id, 'implicit-rejection', l.dossier_id::text, NULL::timestamptz, l.implicit_rejection_on, l.dossier_title, l.call_year,
               l.organisation_name, l.dossier_number, NULL
        FROM notified_silent_lines l JOIN notified_silence_breakers b USING (funding_line_id)`,
        `
        -- To those whom payments-due reminds, whoever the funder is.
        SELECT user_id, 'payment-due', funding_line_id::text, NULL, due_on, action_title, year, organisation_name, dossier_number, NULL
        FROM notified_payments_due`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      CALENDAR(
        `
        SELECT DISTINCT m.user_id, 'call-opening' AS kind, c.id::text AS key, c.opens_at AS at, NULL::date AS on_day, c.title, c.year,
               NULL::text AS organisation, NULL::text AS reference, NULL::text AS place
        FROM calls c CROSS JOIN notified_members m
        WHERE c.published_at IS NOT NULL AND (m.is_editor OR m.is_signatory)`,
        `
        SELECT g.user_id, 'implicit-rejection', d.id::text, NULL, d.implicit_rejection_on, d.title, d.call_year, d.organisation_name, d.number, NULL
        FROM notified_dossiers d
        JOIN (SELECT DISTINCT p.dossier_id, s.user_id
              FROM instructed_places p JOIN notified_staff s ON s.role = 'instructor' AND s.scope_kind = 'commune' AND s.scope_code = p.code
              WHERE p.kind = 'commune') g ON g.dossier_id = d.id
        WHERE d.state IN ('submitted', 'to-complete', 'admissible') AND d.implicit_rejection_on IS NOT NULL
          AND EXISTS (SELECT FROM funding_lines l
                      WHERE l.dossier_id = d.id AND l.announced_at IS NULL AND l.state NOT IN ('withdrawn', 'cancelled', 'set-aside'))
          AND NOT EXISTS (SELECT FROM actor_recusals x WHERE x.user_id = g.user_id AND x.organisation_id = d.organisation_id)`,
        `
        SELECT g.user_id, 'payment-due', l.id::text, NULL, coalesce(i.due_on, (l.notified_at AT TIME ZONE 'Europe/Paris')::date + 60),
               a.title, l.year, o.name, d.number, NULL
        FROM funding_lines l
        JOIN funders f ON f.id = l.funder_id AND f.code LIKE 'P147-%'
        JOIN notified_staff g ON g.role = 'prefecture' AND g.scope_kind = 'department' AND g.scope_code = f.department_code
        JOIN actions a ON a.id = l.action_id
        JOIN dossiers d ON d.id = l.dossier_id
        JOIN organisations o ON o.id = l.organisation_id
        LEFT JOIN LATERAL (
          SELECT s.due_on FROM (
            SELECT p.due_on, sum(p.amount_cents) OVER (ORDER BY p.due_on, p.position) AS cents
            FROM payment_installments p WHERE p.funding_line_id = l.id AND p.replaced_at IS NULL) s
          WHERE s.cents > l.paid_cents ORDER BY s.due_on LIMIT 1) i ON true
        WHERE l.notified_at IS NOT NULL AND l.paid_cents < l.granted_cents
          AND l.state IN ('notified', 'partly-paid', 'to-justify', 'report-submitted', 'to-amend', 'justified')
          AND NOT EXISTS (SELECT FROM actor_recusals x WHERE x.user_id = g.user_id AND x.organisation_id = l.organisation_id)`,
      ),
    );
  }
}
