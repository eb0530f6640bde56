import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cents } from '../../../kernel/money.js';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Create, List, Read } from '../../../platform/http/operation.js';
import { Id, Me, Paging } from '../../../platform/http/params.js';
import { GiveOpinion, type GiveOpinionCommand } from '../use-cases/give-opinion.js';
import { OpinionQueries } from '../use-cases/opinion.queries.js';
import { OpinionBody, OpinionsQuery } from './opinions.requests.js';
import { OpinionGivenResponse, OpinionResponse, toGivenResponse, toOpinionPage, toOpinionResponse } from './opinions.responses.js';

@ApiTags('Instruction')
@Controller('v1')
export class OpinionsController {
  constructor(
    private readonly giveOpinion: GiveOpinion,
    private readonly queries: OpinionQueries,
  ) {}

  @Create('funding-lines/:id/opinions', {
    summary: 'Donner un avis sur une ligne de financement',
    description: 'Au nom du rôle que l’on a sur cette ligne. Un nouvel avis remplace le précédent, qui reste dans l’historique.',
    permission: 'opinion.give',
    answers: OpinionGivenResponse,
    refusals: {
      403: ['RECUSED'],
      409: ['DOSSIER_NOT_INSTRUCTED', 'LINE_NOT_OPEN', 'AMOUNT_ABOVE_REQUEST'],
      422: ['REASON_REQUIRED', 'AMOUNT_WITH_UNFAVOURABLE'],
    },
  })
  give(@Id() lineId: string, @Body() body: OpinionBody, @Me() actor: Actor): Promise<OpinionGivenResponse> {
    return this.giveOpinion.execute(toCommand(lineId, body), actor).then(toGivenResponse);
  }

  @List('funding-lines/:id/opinions', {
    summary: 'Lister les avis sur une ligne de financement, le dernier d’abord',
    permission: 'opinion.read',
    answers: OpinionResponse,
  })
  list(
    @Id() lineId: string,
    @Query() { history = false }: OpinionsQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<OpinionResponse>> {
    return this.queries.ofLine(lineId, history, page, actor).then(toOpinionPage);
  }

  @Read('opinions/:id', { summary: 'Lire un avis', permission: 'opinion.read', answers: OpinionResponse })
  read(@Id() id: string, @Me() actor: Actor): Promise<OpinionResponse> {
    return this.queries.one(id, actor).then(toOpinionResponse);
  }
}

function toCommand(lineId: string, { opinion, proposedCents = null, reason = null }: OpinionBody): GiveOpinionCommand {
  return { lineId, opinion, reason, proposedCents: proposedCents === null ? null : cents(proposedCents) };
}
