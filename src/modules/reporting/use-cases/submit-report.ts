import { Injectable } from '@nestjs/common';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { canonicalJson, contentHash } from '../../dossiers/index.js';
import { FundingLines } from '../../funding/index.js';
import { OrganisationBlocks } from '../../organisations/index.js';
import { audited } from '../../programming/index.js';
import { ExactnessNotAttested, NothingToJustify, ReportIncomplete } from '../domain/report.errors.js';
import { attestedReport, submitted, type Report } from '../domain/report.js';
import { nextReportState } from '../domain/report.transitions.js';
import { ReportRepository } from '../persistence/report.repository.js';
import { bringToReview } from './justified-lines.js';
import { lineObject } from './line-rights.js';
import { OWING, ReportFile } from './report-file.js';
import { ReportReader, type ReportView } from './report-reader.js';

export interface SubmitReportCommand {
  readonly reportId: string;
  readonly version: ExpectedVersion;
  /** The signatory attests that what the report says is exact. */
  readonly exactness: boolean;
}

/** A signatory attests the report as it stands and files it with every funder whose grant is notified; submitting again answers those who asked. */
@Injectable()
export class SubmitReport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: ReportFile,
    private readonly reports: ReportRepository,
    private readonly reader: ReportReader,
    private readonly lines: FundingLines,
    private readonly blocks: OrganisationBlocks,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed, ExactnessNotAttested, ReportIncomplete, NothingToJustify */
  execute({ reportId, version, exactness }: SubmitReportCommand, actor: Actor): Promise<ReportView> {
    return this.work.run(actor, async (tx) => {
      const before = await this.file.lock(tx, reportId);
      authorize(actor, 'report.submit', before.perimeter, 'report.read');
      assertVersion(version, before.version);
      nextReportState(before.state, 'submit');
      if (!exactness) throw new ExactnessNotAttested();
      const missing = await this.reader.violations(tx.query, before);
      if (missing.length > 0) throw new ReportIncomplete(missing);
      const content = attestedReport(before);
      const hash = contentHash(content);
      const after = submitted(before, { hash, by: actor.id, at: tx.at });
      await this.bringLines(tx, after, actor);
      this.reports.save(tx, after);
      this.reports.keep(tx, after, hash, canonicalJson(content));
      await this.blocks.liftBecause(tx, 'report-overdue', after.actionId, after.year);
      tx.audit(
        'report.submitted',
        { type: 'report', id: after.id },
        { state: before.state, version: before.version },
        { state: after.state, version: after.version, hash },
      );
      tx.tell('report.submitted.v1', { reportId: after.id });
      return this.reader.view(tx.query, after, false);
    });
  }

  private async bringLines(tx: Tx, { actionId, year }: Report, actor: Actor): Promise<void> {
    const locked = await this.file.lockLinesOf(tx, actionId, year);
    const hands = locked.filter(({ line }) => OWING.has(line.state));
    if (hands.length === 0 && !locked.some(({ line }) => line.state === 'report-submitted')) throw new NothingToJustify(year);
    const brought = hands.map(({ line }) => ({ line, decision: bringToReview(line) }));
    const after = this.lines.carryOutTogether(tx, actor, brought);
    after.forEach((line, rank) => {
      const before = hands[rank]?.line;
      if (before) tx.audit('funding-line.report-submitted', lineObject(line.id), audited(before), audited(line));
    });
  }
}
