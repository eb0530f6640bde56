import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { FileLinkResponse, toFileLinkResponse } from '../../../platform/http/file-link.response.js';
import { Text, Uuid } from '../../../platform/http/fields.js';
import { Act, Read, Remove } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { AttachToReport } from '../use-cases/attach-to-report.js';
import { ReportQueries } from '../use-cases/report.queries.js';
import { ReportResponse, toReportResponse } from './reports.responses.js';

class AttachmentRequest {
  @Uuid({ description: 'Déposé avec purpose=report-attachment' }) fileId!: string;
  @Text({ max: 200, example: 'Photos des ateliers' }) label!: string;
}

@ApiTags('Bilans')
@Controller('v1/reports')
export class AttachmentsController {
  constructor(
    private readonly queries: ReportQueries,
    private readonly attachToReport: AttachToReport,
  ) {}

  @Act(':id/attachments', {
    summary: 'Joindre un fichier à un bilan qui s’écrit',
    description: 'Dix au plus. Leurs empreintes font partie de ce que le signataire atteste.',
    permission: 'report.write',
    status: 201,
    answers: ReportResponse,
    refusals: {
      409: ['ACT_NOT_ALLOWED', 'TOO_MANY_ATTACHMENTS', 'FILE_ALREADY_USED'],
      422: ['FILE_UNKNOWN', 'FILE_OF_ANOTHER_PURPOSE'],
    },
  })
  add(
    @Id() reportId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { fileId, label }: AttachmentRequest,
    @Me() actor: Actor,
  ): Promise<ReportResponse> {
    return this.attachToReport.add({ reportId, version, fileId, label }, actor).then(toReportResponse);
  }

  @Remove(':id/attachments/:attachmentId', {
    summary: 'Retirer un fichier d’un bilan qui s’écrit',
    permission: 'report.write',
    refusals: { 409: ['ACT_NOT_ALLOWED'] },
  })
  remove(
    @Id() reportId: string,
    @Id('attachmentId') attachmentId: string,
    @IfMatch() version: ExpectedVersion,
    @Me() actor: Actor,
  ): Promise<void> {
    return this.attachToReport.remove({ reportId, version, attachmentId }, actor);
  }

  @Read(':id/attachments/:attachmentId/link', {
    summary: 'Demander un lien vers un fichier joint à un bilan, valable cinq minutes',
    permission: 'report.read',
    answers: FileLinkResponse,
  })
  link(@Id() reportId: string, @Id('attachmentId') attachmentId: string, @Me() actor: Actor): Promise<FileLinkResponse> {
    return this.queries.attachment(reportId, attachmentId, actor).then(toFileLinkResponse);
  }
}
