import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { canonicalJson, indicatorFault, isChargeAccount, isProductAccount, type IndicatorType } from '../../dossiers/index.js';
import { assertRealisedRows, fillRows, type RealisedRows } from '../domain/financial-report.js';
import { changeContent, type ContentChange } from '../domain/report-content.js';
import { edited, type Report } from '../domain/report.js';
import { ReportRepository } from '../persistence/report.repository.js';
import { ReportFile, type FiledReport } from './report-file.js';
import { ReportReader, type ReportView } from './report-reader.js';

interface ReportCommand {
  readonly reportId: string;
  readonly version: ExpectedVersion;
}
export type ChangeReportCommand = ReportCommand & { readonly change: ContentChange };
export type WriteFinancialCommand = ReportCommand & { readonly rows: RealisedRows };

/** The organisation writes its report, as often as it wants: what is incomplete is kept, with its violations. */
@Injectable()
export class EditReport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: ReportFile,
    private readonly reports: ReportRepository,
    private readonly reader: ReportReader,
  ) {}

  /** The qualitative part. What says nothing new moves nothing. @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed, ReportInvalid */
  change({ reportId, version, change }: ChangeReportCommand, actor: Actor): Promise<ReportView> {
    return this.work.run(actor, async (tx) => {
      const before = await this.begin(tx, reportId, version, actor);
      const content = changeContent(before.content, change, (indicator, value) =>
        indicatorFault({ label: indicator.label, type: indicator.type as IndicatorType }, value),
      );
      return this.finish(tx, before, edited(before, { content }, tx.at));
    });
  }

  /** The financial part, all its rows at once. @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed, ReportRowsInvalid */
  writeFinancial({ reportId, version, rows: given }: WriteFinancialCommand, actor: Actor): Promise<ReportView> {
    return this.work.run(actor, async (tx) => {
      const before = await this.begin(tx, reportId, version, actor);
      assertRealisedRows(given, (side, account) => (side === 'charge' ? isChargeAccount(account) : isProductAccount(account)));
      return this.finish(tx, before, edited(before, { rows: fillRows(before.rows, given) }, tx.at));
    });
  }

  private async begin(tx: Tx, reportId: string, version: ExpectedVersion, actor: Actor): Promise<FiledReport> {
    const report = await this.file.lock(tx, reportId);
    authorize(actor, 'report.write', report.perimeter, 'report.read');
    assertVersion(version, report.version);
    return report;
  }

  private async finish(tx: Tx, before: Report, after: Report): Promise<ReportView> {
    const said = ({ content, rows }: Report) => canonicalJson({ content, rows });
    if (said(before) === said(after)) return this.reader.view(tx.query, before, false);
    this.reports.save(tx, after);
    this.reports.writeRows(tx, after.id, after.rows);
    const kept = ({ version, content, rows }: Report) => ({ version, content, rows });
    tx.audit('report.edited', { type: 'report', id: after.id }, kept(before), kept(after));
    return this.reader.view(tx.query, after, false);
  }
}
