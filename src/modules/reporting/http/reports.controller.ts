import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Change, Create, List, Read, Replace } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { EditReport } from '../use-cases/edit-report.js';
import { ReportQueries } from '../use-cases/report.queries.js';
import { ReviewReport } from '../use-cases/review-report.js';
import { StartReport } from '../use-cases/start-report.js';
import { SubmitReport } from '../use-cases/submit-report.js';
import {
  ChangeReportRequest,
  FinancialRequest,
  ReportsDueQuery,
  ReviewReportRequest,
  StartReportRequest,
  SubmitReportRequest,
  toContentChange,
  toRealisedRows,
} from './reports.requests.js';
import { ReportDueResponse, ReportResponse, toReportDueResponse, toReportResponse } from './reports.responses.js';

@ApiTags('Bilans')
@Controller('v1')
export class ReportsController {
  constructor(
    private readonly queries: ReportQueries,
    private readonly startReport: StartReport,
    private readonly editReport: EditReport,
    private readonly submitReport: SubmitReport,
    private readonly reviewReport: ReviewReport,
  ) {}

  @Create('actions/:id/reports', {
    summary: 'Commencer le bilan d’une action pour une année, pour tous ses financeurs',
    permission: 'report.write',
    answers: ReportResponse,
    refusals: { 409: ['NOTHING_TO_REPORT', 'REPORT_EXISTS'], 422: ['NOT_AN_INTERIM_YEAR'] },
  })
  start(@Id() actionId: string, @Body() { year, kind }: StartReportRequest, @Me() actor: Actor): Promise<ReportResponse> {
    return this.startReport.execute({ actionId, year, kind }, actor).then(toReportResponse);
  }

  @List('reports/due', {
    summary: 'Lister les bilans attendus',
    permission: 'report.read-due',
    answers: ReportDueResponse,
  })
  due(@Query() filter: ReportsDueQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<ReportDueResponse>> {
    return this.queries.due(filter, page, actor).then((found) => ({ ...found, rows: found.rows.map(toReportDueResponse) }));
  }

  @List('organisations/:id/reports-due', {
    summary: 'Lister les bilans que doit une structure',
    permission: 'report.read',
    answers: ReportDueResponse,
  })
  dueOf(@Id() organisationId: string, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<ReportDueResponse>> {
    return this.queries.dueOf(organisationId, page, actor).then((found) => ({ ...found, rows: found.rows.map(toReportDueResponse) }));
  }

  @Read('reports/:id', {
    summary: 'Lire un bilan, ses écarts et ce qui lui manque',
    description: 'Tant qu’il n’a pas été déposé, la structure seule le lit.',
    permission: 'report.read',
    answers: ReportResponse,
  })
  get(@Id() id: string, @Me() actor: Actor): Promise<ReportResponse> {
    return this.queries.get(id, actor).then(toReportResponse);
  }

  @Change('reports/:id', {
    summary: 'Écrire la partie qualitative d’un bilan',
    permission: 'report.write',
    answers: ReportResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED'], 422: ['REPORT_INVALID'] },
  })
  change(
    @Id() reportId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: ChangeReportRequest,
    @Me() actor: Actor,
  ): Promise<ReportResponse> {
    return this.editReport.change({ reportId, version, change: toContentChange(body) }, actor).then(toReportResponse);
  }

  @Replace('reports/:id/financial', {
    summary: 'Écrire le compte rendu financier d’un bilan',
    description: 'Toutes les lignes à la fois. Celles du budget reviennent dans leur ordre ; celles qu’il ne prévoyait pas sont marquées.',
    permission: 'report.write',
    answers: ReportResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED'], 422: ['REPORT_ROWS_INVALID'] },
  })
  writeFinancial(
    @Id() reportId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: FinancialRequest,
    @Me() actor: Actor,
  ): Promise<ReportResponse> {
    return this.editReport.writeFinancial({ reportId, version, rows: toRealisedRows(body) }, actor).then(toReportResponse);
  }

  @Act('reports/:id/submit', {
    summary: 'Attester un bilan et le déposer',
    description: 'Par un signataire. Le bilan corrigé revient aux financeurs qui l’ont demandé.',
    permission: 'report.submit',
    answers: ReportResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED', 'REPORT_INCOMPLETE', 'NOTHING_TO_JUSTIFY'], 422: ['ATTESTATION_INCOMPLETE'] },
  })
  submit(
    @Id() reportId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { exactness }: SubmitReportRequest,
    @Me() actor: Actor,
  ): Promise<ReportResponse> {
    return this.submitReport.execute({ reportId, version, exactness }, actor).then(toReportResponse);
  }

  @Act('reports/:id/reviews', {
    summary: 'Accepter un bilan pour un financement, ou en demander la correction',
    permission: 'report.review',
    answers: ReportResponse,
    refusals: { 403: ['RECUSED'], 409: ['ACT_NOT_ALLOWED'], 422: ['NOT_A_LINE_OF_REPORT', 'REASON_REQUIRED'] },
  })
  review(
    @Id() reportId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { fundingLineId, decision, reason = null }: ReviewReportRequest,
    @Me() actor: Actor,
  ): Promise<ReportResponse> {
    return this.reviewReport
      .execute({ reportId, version, fundingLineId: fundingLineId.toLowerCase(), decision, reason }, actor)
      .then(toReportResponse);
  }
}
