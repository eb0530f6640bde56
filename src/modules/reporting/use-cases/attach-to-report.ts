import { Injectable } from '@nestjs/common';
import { newId } from '../../../kernel/id.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize } from '../../../platform/auth/authorizer.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { Files } from '../../../platform/files/index.js';
import { attach, detach } from '../domain/report-attachment.js';
import type { Report } from '../domain/report.js';
import { AttachmentRepository } from '../persistence/attachment.repository.js';
import { ReportRepository } from '../persistence/report.repository.js';
import { ReportFile, type FiledReport } from './report-file.js';
import { ReportReader, type ReportView } from './report-reader.js';

interface ReportCommand {
  readonly reportId: string;
  readonly version: ExpectedVersion;
}
export type AttachToReportCommand = ReportCommand & { readonly fileId: string; readonly label: string };
export type DetachFromReportCommand = ReportCommand & { readonly attachmentId: string };

/** The organisation adds files to its report, or takes them off, as long as it writes it. */
@Injectable()
export class AttachToReport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly file: ReportFile,
    private readonly reports: ReportRepository,
    private readonly attachments: AttachmentRepository,
    private readonly reader: ReportReader,
    private readonly files: Files,
  ) {}

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed, TooManyAttachments, UnknownFile, WrongPurpose, FileAlreadyUsed */
  add({ reportId, version, fileId, label }: AttachToReportCommand, actor: Actor): Promise<ReportView> {
    return this.work.run(actor, async (tx) => {
      const before = await this.begin(tx, reportId, version, actor);
      const owner = { purpose: 'report-attachment', ownerType: 'report', ownerId: reportId } as const;
      const { name, sha256 } = await this.files.attach(tx, fileId, owner, actor);
      const attachment = { id: newId(), fileId, label, name, sha256 };
      const after = attach(before, attachment, tx.at);
      this.attachments.add(tx, reportId, attachment, actor.id);
      this.finish(tx, before, after);
      return this.reader.view(tx.query, after, false);
    });
  }

  /** @throws NotFound, Forbidden, VersionRequired, StaleVersion, ActNotAllowed */
  remove({ reportId, version, attachmentId }: DetachFromReportCommand, actor: Actor): Promise<void> {
    return this.work.run(actor, async (tx) => {
      const before = await this.begin(tx, reportId, version, actor);
      const after = detach(before, attachmentId, tx.at);
      this.attachments.remove(tx, attachmentId);
      this.finish(tx, before, after);
    });
  }

  private async begin(tx: Tx, reportId: string, version: ExpectedVersion, actor: Actor): Promise<FiledReport> {
    const report = await this.file.lock(tx, reportId);
    authorize(actor, 'report.write', report.perimeter, 'report.read');
    assertVersion(version, report.version);
    return report;
  }

  private finish(tx: Tx, before: Report, after: Report): void {
    this.reports.save(tx, after);
    const kept = ({ version, attachments }: Report) => ({ version, attachments });
    tx.audit('report.edited', { type: 'report', id: after.id }, kept(before), kept(after));
  }
}
