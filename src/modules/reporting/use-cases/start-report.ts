import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { ActionFile, DossierFile, type Budget } from '../../dossiers/index.js';
import { EMPTY_CONTENT } from '../domain/report-content.js';
import { NotAnInterimYear, NothingToReport } from '../domain/report.errors.js';
import type { ReportKind, ReportRow } from '../domain/report.js';
import { ReportRepository } from '../persistence/report.repository.js';
import { ReportFile } from './report-file.js';
import { ReportReader, type ReportView } from './report-reader.js';

export interface StartReportCommand {
  readonly actionId: string;
  readonly year: number;
  readonly kind: ReportKind;
}

/** The organisation starts the report of an action and a year, on the rows of its budget and the indicators that it set. */
@Injectable()
export class StartReport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly actions: ActionFile,
    private readonly dossiers: DossierFile,
    private readonly reports: ReportRepository,
    private readonly file: ReportFile,
    private readonly reader: ReportReader,
  ) {}

  /** @throws NotFound, Forbidden, NothingToReport, NotAnInterimYear, ReportExists */
  execute({ actionId, year, kind }: StartReportCommand, actor: Actor): Promise<ReportView> {
    return this.work.run(actor, async (tx) => {
      const action = await this.actions.get(tx.query, actionId);
      const { perimeter } = await this.dossiers.read(tx.query, action.dossierId);
      authorize(actor, 'report.write', perimeter, 'dossier.read');
      const [line] = await this.file.linesOf(tx.query, actionId, year);
      if (!line) throw new NothingToReport(year);
      if (kind === 'interim' && !action.multiYear && action.endsOn <= `${year}-12-31`) throw new NotAnInterimYear(year);
      const { dossierId, callId, organisationId } = line;
      const indicators = action.indicators.map((indicator) => ({ ...indicator, realised: null, comment: null }));
      const rows = plannedRows(await this.actions.budget(tx.query, actionId, year));
      const content = { ...EMPTY_CONTENT, indicators };
      const report = await this.reports.create(tx, { actionId, dossierId, callId, organisationId, year, kind, content, rows }, actor.id);
      tx.audit('report.started', { type: 'report', id: report.id }, null, { actionId, year, kind });
      return this.reader.view(tx.query, report, false);
    });
  }
}

function plannedRows(budget: Budget | null): ReportRow[] {
  const unfilled = { realisedCents: null, explanation: null } as const;
  const charges = (budget?.charges ?? []).map(({ account, label = null, amountCents }): ReportRow => {
    return { side: 'charge', account, label, funderId: null, scheme: null, plannedCents: amountCents, ...unfilled };
  });
  const products = (budget?.products ?? []).map(({ account, label = null, funderId = null, scheme = null, amountCents }): ReportRow => {
    return { side: 'product', account, label, funderId, scheme, plannedCents: amountCents, ...unfilled };
  });
  return [...charges, ...products];
}
