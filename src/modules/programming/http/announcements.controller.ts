import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { UuidList } from '../../../platform/http/fields.js';
import { Act } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me } from '../../../platform/http/params.js';
import { OperationResponse, toOperationResponse } from '../../../platform/http/operation.response.js';
import { AskAnnouncement } from '../use-cases/ask-announcement.js';

export class AnnounceResultsRequest {
  @UuidList({ max: 100, min: 1, optional: true, description: 'Seulement les décisions de ces financeurs' }) funderIds?: string[];
}

@ApiTags('Programmation')
@Controller('v1/calls')
export class AnnouncementsController {
  constructor(private readonly askAnnouncement: AskAnnouncement) {}

  @Act(':id/announce-results', {
    summary: 'Annoncer les décisions déjà prises, une fois chacune',
    description: 'Chaque structure reçoit un seul message pour toutes ses lignes décidées ; les autres attendent une prochaine annonce.',
    permission: 'call.announce-results',
    status: 202,
    answers: OperationResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED'] },
  })
  announce(
    @Id() callId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: AnnounceResultsRequest,
    @Me() actor: Actor,
  ): Promise<OperationResponse> {
    return this.askAnnouncement.execute({ callId, version, funderIds: body.funderIds ?? null }, actor).then(toOperationResponse);
  }
}
