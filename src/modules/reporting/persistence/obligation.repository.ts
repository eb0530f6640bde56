import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import { pageOf, type Page, type PageRequest } from '../../../kernel/page.js';
import type { Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';
import type { ReportDue, ReportDueFilter } from '../domain/obligation.js';

/** An action and a year. */
export interface ActionYear {
  readonly actionId: string;
  readonly year: number;
}

/** One that owes a report, with what a block says of it. */
export interface Obligation extends ActionYear {
  readonly organisationId: string;
  readonly actionTitle: string;
  readonly dossierNumber: string;
  readonly dueOn: Day;
  readonly submittedAt: Date | null;
}

const ROW = `
  o.action_id AS "actionId", o.action_title AS "actionTitle", o.dossier_id AS "dossierId", o.dossier_number AS "dossierNumber", o.call_id AS "callId",
  o.organisation_id AS "organisationId", o.organisation_name AS "organisationName", o.year, o.due_on AS "dueOn",
  o.submitted_at IS NULL AND o.due_on < $1::date AS overdue,
  (SELECT json_build_object('id', r.id, 'state', r.state, 'version', r.version) FROM reports r WHERE r.id = o.report_id) AS report,
  (SELECT json_agg(json_build_object('id', l.id, 'version', l.version, 'funderName', f.name, 'state', l.state) ORDER BY l.id)
   FROM funding_lines l JOIN funders f ON f.id = l.funder_id
   WHERE l.action_id = o.action_id AND l.year = o.year AND l.state IN ('notified', 'partly-paid', 'paid', 'to-justify', 'report-submitted', 'to-amend')) AS lines,
  (SELECT json_build_object('id', b.id, 'version', b.version, 'sentence', b.sentence) FROM organisation_blocks b
   WHERE b.action_id = o.action_id AND b.year = o.year AND b.lifted_at IS NULL) AS block`;

const WAITING = `(o.submitted_at IS NULL OR o.report_state = 'to-amend')`;

@Injectable()
export class ObligationRepository {
  /** The reports that are waited for and that `sight` lets see, the first due first. */
  async page(query: Query, filter: ReportDueFilter, sight: readonly Scope[], today: Day, request: PageRequest): Promise<Page<ReportDue>> {
    const where = `FROM report_obligations o
      WHERE ${WAITING}
        AND EXISTS (SELECT FROM dossier_perimeters p JOIN unnest($2::text[], $3::text[]) AS seen (kind, code) USING (kind, code)
                    WHERE p.dossier_id = o.dossier_id)
        AND ($4::integer IS NULL OR o.year = $4) AND ($5::uuid IS NULL OR o.call_id = $5) AND ($6::uuid IS NULL OR o.organisation_id = $6)
        AND ($7::uuid IS NULL OR EXISTS (SELECT FROM funding_lines l WHERE l.action_id = o.action_id AND l.year = o.year AND l.funder_id = $7))
        AND ($8::boolean IS NULL OR (o.submitted_at IS NULL AND o.due_on < $1::date) = $8) AND o.organisation_id <> ALL ($9::uuid[])`;
    const filters = [
      ...[today, sight.map(({ kind }) => kind), sight.map(({ code }) => code), filter.year ?? null, filter.callId ?? null],
      ...[filter.organisationId ?? null, filter.funderId ?? null, filter.overdue ?? null, filter.exceptOrganisations ?? []],
    ];
    const [dueOn = null, actionId = null, year = null] = request.after ?? [];
    const rows = await query<ReportDue>(
      `SELECT ${ROW} ${where} AND ($10::date IS NULL OR (o.due_on, o.action_id, o.year) > ($10::date, $11::uuid, $12::integer))
       ORDER BY o.due_on, o.action_id, o.year LIMIT $13`,
      [...filters, dueOn, actionId, year, request.limit + 1],
    );
    const counted = request.count ? await query<{ total: number }>(`SELECT count(*)::int AS total ${where}`, filters) : [];
    return pageOf(rows, request, (row) => [row.dueOn, row.actionId, row.year], counted[0]?.total);
  }

  /** What an action owes for a year; null when no line of it waits for a report. */
  async of(query: Query, actionId: string, year: number): Promise<Obligation | null> {
    const [row] = await query<Obligation>(
      `SELECT o.action_id AS "actionId", o.year, o.organisation_id AS "organisationId", o.action_title AS "actionTitle",
         o.dossier_number AS "dossierNumber", o.due_on AS "dueOn", o.submitted_at AS "submittedAt"
       FROM report_obligations o WHERE o.action_id = $1 AND o.year = $2`,
      [actionId, year],
    );
    return row ?? null;
  }

  /** Late, and without a block for that due day, be it lifted since. */
  lateUnblocked(query: Query, today: Day): Promise<ActionYear[]> {
    return query<ActionYear>(
      `SELECT o.action_id AS "actionId", o.year FROM report_obligations o
       WHERE o.submitted_at IS NULL AND o.due_on < $1::date
         AND NOT EXISTS (SELECT FROM organisation_blocks b WHERE b.action_id = o.action_id AND b.year = o.year AND b.due_on = o.due_on)
       ORDER BY o.action_id, o.year`,
      [today],
    );
  }

  /** Blocked, and not late any more: submitted, not due yet, or due for nothing. */
  blockedForNothing(query: Query, today: Day): Promise<ActionYear[]> {
    return query<ActionYear>(
      `SELECT b.action_id AS "actionId", b.year FROM organisation_blocks b
       WHERE b.cause = 'report-overdue' AND b.lifted_at IS NULL
         AND NOT EXISTS (SELECT FROM report_obligations o
                         WHERE o.action_id = b.action_id AND o.year = b.year AND o.submitted_at IS NULL AND o.due_on < $1::date)
       ORDER BY b.action_id, b.year`,
      [today],
    );
  }

  /** The report of that year is due later. */
  async extend(query: Query, of: ActionYear, dueOn: Day, dateChangeId: string): Promise<void> {
    await query(
      `INSERT INTO report_extensions (action_id, year, due_on, date_change_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT (action_id, year) DO UPDATE SET due_on = excluded.due_on, date_change_id = excluded.date_change_id`,
      [of.actionId, of.year, dueOn, dateChangeId],
    );
  }
}
