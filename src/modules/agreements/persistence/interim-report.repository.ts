import { Injectable } from '@nestjs/common';
import type { Query } from '../../../platform/database/query.js';

export interface AcceptedReport {
  readonly actionId: string;
  readonly year: number;
  readonly reportId: string;
}

@Injectable()
export class InterimReportRepository {
  /** False when it is known already: it is accepted once, for all its funders. */
  async insert(query: Query, { actionId, year, reportId }: AcceptedReport, at: Date): Promise<boolean> {
    const rows = await query(
      `INSERT INTO cpo_interim_reports (action_id, year, report_id, accepted_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (action_id, year) DO NOTHING RETURNING action_id`,
      [actionId, year, reportId, at],
    );
    return rows.length > 0;
  }

  async isAccepted(query: Query, actionId: string, year: number): Promise<boolean> {
    const rows = await query('SELECT FROM cpo_interim_reports WHERE action_id = $1 AND year = $2', [actionId, year]);
    return rows.length > 0;
  }

  /** The CPOs of the action that run and whose tranche of that year is to be confirmed. */
  async waitingCpos(query: Query, actionId: string, year: number): Promise<readonly string[]> {
    const rows = await query<{ id: string }>(
      `SELECT c.id FROM cpos c JOIN cpo_tranches t ON t.cpo_id = c.id
       WHERE c.action_id = $1 AND t.year = $2 AND t.confirmed_at IS NULL AND c.state IN ('signed', 'active') ORDER BY c.id`,
      [actionId, year],
    );
    return rows.map(({ id }) => id);
  }
}
