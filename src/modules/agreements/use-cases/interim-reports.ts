import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { InterimReportRepository, type AcceptedReport } from '../persistence/interim-report.repository.js';

export type { AcceptedReport };

/** The fact that opens the tranche of the next year, written by whoever accepts reports. */
@Injectable()
export class InterimReports {
  constructor(private readonly reports: InterimReportRepository) {}

  /** The report on that year of the action is accepted, for all the CPOs of the action. Saying it again changes nothing. */
  async accepted(tx: Tx, report: AcceptedReport): Promise<void> {
    const isNew = await this.reports.insert(tx.query, report, tx.at);
    if (!isNew) return;
    tx.audit('cpo.interim-report-accepted', { type: 'action', id: report.actionId }, null, report);
    const year = report.year + 1;
    for (const cpoId of await this.reports.waitingCpos(tx.query, report.actionId, year)) {
      tx.tell('tranche.opened.v1', { cpoId, year: String(year) });
    }
  }
}
