import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Change, Create, List, Read } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { CallQueries } from '../use-cases/call.queries.js';
import { ChangeCall } from '../use-cases/change-call.js';
import { CloseCall } from '../use-cases/close-call.js';
import { CreateCall } from '../use-cases/create-call.js';
import { PublishCall } from '../use-cases/publish-call.js';
import { CallsQuery, ChangeCallRequest, CreateCallRequest, toCallChanges, toCallContent } from './calls.requests.js';
import { CallResponse, toCallResponse } from './calls.responses.js';

@ApiTags('Appels à projets')
@Controller('v1/calls')
export class CallsController {
  constructor(
    private readonly queries: CallQueries,
    private readonly createCall: CreateCall,
    private readonly changeCall: ChangeCall,
    private readonly publishCall: PublishCall,
    private readonly closeCall: CloseCall,
  ) {}

  @List('', { summary: 'Lister les appels à projets', permission: 'signed-in', answers: CallResponse })
  list(@Query() { year, status }: CallsQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<CallResponse>> {
    return this.queries.list({ year, status }, page, actor).then((found) => ({ ...found, rows: found.rows.map(toCallResponse) }));
  }

  @Read(':id', { summary: 'Lire un appel à projets', permission: 'signed-in', answers: CallResponse, refusals: { 404: ['NOT_FOUND'] } })
  get(@Id() id: string, @Me() actor: Actor): Promise<CallResponse> {
    return this.queries.get(id, actor).then(toCallResponse);
  }

  @Create('', {
    summary: 'Préparer un appel à projets',
    permission: 'call.write',
    answers: CallResponse,
    refusals: { 422: ['CALL_CALENDAR_INVALID', 'UNKNOWN_ORIENTATION'] },
  })
  create(@Body() body: CreateCallRequest, @Me() actor: Actor): Promise<CallResponse> {
    return this.createCall.execute(toCallContent(body), actor).then(toCallResponse);
  }

  @Change(':id', {
    summary: 'Modifier un appel à projets',
    description: 'Tout d’un brouillon ; d’un appel publié, ses notes, et ses échéances pour les reculer.',
    permission: 'call.write',
    answers: CallResponse,
    refusals: { 409: ['CALL_FIELDS_FROZEN', 'DEADLINE_ADVANCED', 'CLOSING_PASSED'], 422: ['CALL_CALENDAR_INVALID', 'UNKNOWN_ORIENTATION'] },
  })
  change(
    @Id() callId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: ChangeCallRequest,
    @Me() actor: Actor,
  ): Promise<CallResponse> {
    return this.changeCall.execute({ callId, version, changes: toCallChanges(body) }, actor).then(toCallResponse);
  }

  @Act(':id/publish', {
    summary: 'Publier un appel à projets',
    description: 'Il ouvre et ferme ensuite à ses heures.',
    permission: 'call.write',
    answers: CallResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED', 'CALL_WITHOUT_ORIENTATION'], 422: ['CALL_CALENDAR_INVALID'] },
  })
  publish(@Id() callId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<CallResponse> {
    return this.publishCall.execute({ callId, version }, actor).then(toCallResponse);
  }

  @Act(':id/close', {
    summary: 'Fermer un appel à projets avant son heure',
    permission: 'call.write',
    answers: CallResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED'] },
  })
  close(@Id() callId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<CallResponse> {
    return this.closeCall.execute({ callId, version }, actor).then(toCallResponse);
  }
}
