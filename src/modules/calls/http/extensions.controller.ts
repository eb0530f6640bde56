import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, List } from '../../../platform/http/operation.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { Id, Me, Paging } from '../../../platform/http/params.js';
import { CallQueries } from '../use-cases/call.queries.js';
import { GrantExtension } from '../use-cases/grant-extension.js';
import { GrantExtensionRequest } from './calls.requests.js';
import { ExtensionResponse, toExtensionResponse } from './calls.responses.js';

@ApiTags('Appels à projets')
@Controller('v1/calls/:id/extensions')
export class ExtensionsController {
  constructor(
    private readonly queries: CallQueries,
    private readonly grantExtension: GrantExtension,
  ) {}

  @List('', {
    summary: 'Lister les prolongations d’un appel',
    description: 'Toutes pour la coordination ; celles de ses structures pour un membre.',
    permission: 'call.read-extensions',
    answers: ExtensionResponse,
  })
  list(@Id() id: string, @Query() _page: ListQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<ExtensionResponse>> {
    return this.queries.extensionsOf(id, page, actor).then((found) => ({ ...found, rows: found.rows.map(toExtensionResponse) }));
  }

  @Act('', {
    summary: 'Prolonger l’appel pour une structure',
    permission: 'call.write',
    ifMatch: false,
    status: 201,
    answers: ExtensionResponse,
    refusals: { 409: ['CALL_NOT_PUBLISHED', 'EXTENSION_SHORTENED'], 422: ['EXTENSION_TOO_SHORT', 'UNKNOWN_ORGANISATION'] },
  })
  grant(@Id() callId: string, @Body() body: GrantExtensionRequest, @Me() actor: Actor): Promise<ExtensionResponse> {
    return this.grantExtension.execute({ ...body, callId, until: new Date(body.until) }, actor).then(toExtensionResponse);
  }
}
