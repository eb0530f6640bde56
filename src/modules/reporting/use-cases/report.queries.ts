import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import { parisDay } from '../../../kernel/paris-day.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, visibleScopes } from '../../../platform/auth/authorizer.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { ReportDue, ReportDueFilter } from '../domain/obligation.js';
import { ObligationRepository } from '../persistence/obligation.repository.js';
import { ReportRepository } from '../persistence/report.repository.js';
import { readsAsStaff, ReportFile } from './report-file.js';
import { ReportReader, type ReportView } from './report-reader.js';

@Injectable()
export class ReportQueries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly reports: ReportRepository,
    private readonly file: ReportFile,
    private readonly reader: ReportReader,
    private readonly obligations: ObligationRepository,
  ) {}

  /** @throws NotFound */
  async get(id: string, actor: Actor): Promise<ReportView> {
    const report = await this.file.read(this.work.read, id);
    const roles = authorize(actor, 'report.read', report.perimeter);
    const asStaff = readsAsStaff(actor, roles, report.organisationId);
    // What is being written again is its organisation's business until it is filed again.
    const read = asStaff && report.state === 'to-amend' ? await this.reports.asAttested(this.work.read, report) : report;
    return this.reader.view(this.work.read, read, asStaff);
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
