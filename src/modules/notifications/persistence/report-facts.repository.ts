import { Injectable } from '@nestjs/common';
import type { Day } from '../../../kernel/day.js';
import type { Query } from '../../../platform/database/query.js';
import type { ReportOwed, RepaymentAsked, ReportToAmend } from '../domain/mail-data.js';

export interface ReportFacts {
  readonly state: string;
  readonly isInterim: boolean;
  readonly organisation: string;
  readonly dossierNumber: string;
  readonly actionTitle: string;
  readonly year: number;
  readonly submittedAt: Date | null;
}

export type RepaymentFacts = Omit<RepaymentAsked, 'recipientName' | 'link'> & { readonly state: string };

const REF = `organisation_name AS organisation, dossier_number AS "dossierNumber", action_title AS "actionTitle", year`;

/** What messages say of reports and of what is asked back. */
@Injectable()
export class ReportFactsRepository {
  /** What this person's organisations owe that is due by then, the last due first. */
  due(query: Query, userId: string, dueOn: Day): Promise<ReportOwed[]> {
    return query(
      `SELECT ${REF}, due_on AS "dueOn" FROM notified_reports_due d
       WHERE due_on <= $2
         AND EXISTS (SELECT FROM notified_members m WHERE m.organisation_id = d.organisation_id AND m.user_id = $1 AND (m.is_editor OR m.is_signatory))
       ORDER BY due_on DESC, organisation_name, dossier_number, action_title, year`,
      [userId, dueOn],
    );
  }

  async report(query: Query, id: string): Promise<ReportFacts | null> {
    const [row] = await query<ReportFacts>(
      `SELECT state, is_interim AS "isInterim", ${REF}, submitted_at AS "submittedAt" FROM notified_reports WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  amendmentsAsked(query: Query, reportId: string): Promise<ReportToAmend['asked']> {
    return query('SELECT funder_name AS funder, reason FROM notified_report_amendments WHERE report_id = $1 ORDER BY id', [reportId]);
  }

  async repayment(query: Query, id: string): Promise<RepaymentFacts | null> {
    const [row] = await query<RepaymentFacts>(
      `SELECT state, ${REF}, funder_name AS funder, amount_cents AS "amountCents", reason, due_on AS "dueOn", title_reference AS "titleReference"
       FROM notified_repayments WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }
}
