import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import { NotFound } from '../../../kernel/errors.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, visibleScopes } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Files, type FileLink } from '../../../platform/files/index.js';
import type { ReportDue, ReportDueFilter } from '../domain/obligation.js';
import type { Report } from '../domain/report.js';
import { ObligationRepository } from '../persistence/obligation.repository.js';
import { ReportRepository } from '../persistence/report.repository.js';
import { readsAsStaff, ReportFile } from './report-file.js';
import { ReportReader, type ReportView } from './report-reader.js';

@Injectable()
export class ReportQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly files: Files,
    private readonly reports: ReportRepository,
    private readonly file: ReportFile,
    private readonly reader: ReportReader,
    private readonly obligations: ObligationRepository,
  ) {}

  /** @throws NotFound */
  async get(id: string, actor: Actor): Promise<ReportView> {
    const { report, asStaff } = await this.seen(id, actor);
    return this.reader.view(this.work.read, report, asStaff);
  }

  /** A link to a file of the report, as the reader sees it. @throws NotFound */
  async attachment(reportId: string, attachmentId: string, actor: Actor): Promise<FileLink> {
    const { report } = await this.seen(reportId, actor);
    const found = report.attachments.find(({ id }) => id === attachmentId);
    if (!found) throw new NotFound();
    return this.files.link(found.fileId);
  }

  /** @throws NotFound */
  private async seen(id: string, actor: Actor): Promise<{ readonly report: Report; readonly asStaff: boolean }> {
    const report = await this.file.read(this.work.read, id);
    const roles = authorize(actor, 'report.read', report.perimeter);
    const asStaff = readsAsStaff(actor, roles, report.organisationId);
    // What is being written again is its organisation's business until it is filed again.
    const read = asStaff && report.state === 'to-amend' ? await this.reports.asAttested(this.work.read, report) : report;
    return { report: read, asStaff };
  }

  /** The reports that those who instruct and decide wait for. */
  due(filter: ReportDueFilter, page: PageRequest, actor: Actor): Promise<Page<ReportDue>> {
    const judged = { ...filter, exceptOrganisations: [...actor.recusedFrom] };
    return this.obligations.page(this.work.read, judged, visibleScopes(actor, 'report.read-due'), this.today(), page);
  }

  /** Those that an organisation owes, for its members. @throws NotFound */
  dueOf(organisationId: string, page: PageRequest, actor: Actor): Promise<Page<ReportDue>> {
    const own = [{ kind: 'organisation', code: organisationId }] as const;
    authorize(actor, 'report.read', own);
    return this.obligations.page(this.work.read, { organisationId }, own, this.today(), page);
  }

  private today(): string {
    return parisDay(this.clock.now());
  }
}
