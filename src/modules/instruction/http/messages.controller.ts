import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Create, List, Read } from '../../../platform/http/operation.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { Id, Me, Paging } from '../../../platform/http/params.js';
import { DossierMessageQueries } from '../use-cases/dossier-message.queries.js';
import { PostMessage } from '../use-cases/post-message.js';
import { MessageBody } from './messages.requests.js';
import { MessageResponse, toMessagePage, toMessageResponse } from './messages.responses.js';

@ApiTags('Instruction')
@Controller('v1')
export class MessagesController {
  constructor(
    private readonly postMessage: PostMessage,
    private readonly queries: DossierMessageQueries,
  ) {}

  @Create('dossiers/:id/messages', {
    summary: 'Écrire dans le fil d’un dossier',
    description:
      'Un message fait partie du dossier : il ne se modifie ni ne s’efface. Ce n’est ni une demande de complément, ni une décision.',
    permission: 'dossier-message.post',
    answers: MessageResponse,
    refusals: { 403: ['RECUSED', 'NOTE_FOR_STAFF_ONLY'], 409: ['DOSSIER_NOT_FILED', 'THREAD_CLOSED'] },
  })
  post(@Id() dossierId: string, @Body() { text, visibility = 'all' }: MessageBody, @Me() actor: Actor): Promise<MessageResponse> {
    return this.postMessage.execute({ dossierId, text, visibility }, actor).then(toMessageResponse);
  }

  @List('dossiers/:id/messages', {
    summary: 'Lire le fil d’un dossier, du premier message au dernier',
    permission: 'dossier-message.read',
    answers: MessageResponse,
  })
  list(
    @Id() dossierId: string,
    @Query() _query: ListQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<MessageResponse>> {
    return this.queries.ofDossier(dossierId, page, actor).then(toMessagePage);
  }

  @Read('messages/:id', { summary: 'Lire un message', permission: 'dossier-message.read', answers: MessageResponse })
  read(@Id() id: string, @Me() actor: Actor): Promise<MessageResponse> {
    return this.queries.one(id, actor).then(toMessageResponse);
  }
}
