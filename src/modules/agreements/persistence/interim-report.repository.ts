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
}
