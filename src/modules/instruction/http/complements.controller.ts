import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Create, List, Read } from '../../../platform/http/operation.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { AnswerComplement } from '../use-cases/answer-complement.js';
import { ComplementQueries } from '../use-cases/complement.queries.js';
import { DecideAdmissibility } from '../use-cases/decide-admissibility.js';
import { RequestComplement } from '../use-cases/request-complement.js';
import { AdmissibilityBody, ComplementAnswerBody, ComplementRequestBody } from './complements.requests.js';
import {
  ComplementAnsweredResponse,
  ComplementRequestedResponse,
  ComplementRequestResponse,
  DossierStandingResponse,
  toAnsweredResponse,
  toComplementPage,
  toComplementResponse,
  toRequestedResponse,
  toStandingResponse,
} from './complements.responses.js';

@ApiTags('Instruction')
@Controller('v1')
export class ComplementsController {
  constructor(
    private readonly requestComplement: RequestComplement,
    private readonly answerComplement: AnswerComplement,
    private readonly decideAdmissibility: DecideAdmissibility,
    private readonly queries: ComplementQueries,
  ) {}

  @Create('dossiers/:id/complement-requests', {
    summary: 'Demander un complément à une structure',
    description:
      'Le dossier revient à ses auteurs ; le délai au terme duquel le silence vaut rejet ne court plus jusqu’à la réponse ou l’échéance.',
    permission: 'complement.request',
    answers: ComplementRequestedResponse,
    refusals: { 403: ['RECUSED'], 409: ['ACT_NOT_ALLOWED'], 422: ['DUE_DATE_NOT_AHEAD', 'DUE_DATE_TOO_FAR'] },
  })
  request(
    @Id() dossierId: string,
    @Body() { items = [], ...body }: ComplementRequestBody,
    @Me() actor: Actor,
  ): Promise<ComplementRequestedResponse> {
    return this.requestComplement.execute({ dossierId, items, ...body }, actor).then(toRequestedResponse);
  }

  @List('dossiers/:id/complement-requests', {
    summary: 'Lister les demandes de complément d’un dossier, la dernière d’abord',
    permission: 'complement.read',
    answers: ComplementRequestResponse,
  })
  list(
    @Id() dossierId: string,
    @Query() _query: ListQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<ComplementRequestResponse>> {
    return this.queries.ofDossier(dossierId, page, actor).then(toComplementPage);
  }

  @Read('complement-requests/:id', {
    summary: 'Lire une demande de complément',
    permission: 'complement.read',
    answers: ComplementRequestResponse,
  })
  read(@Id() id: string, @Me() actor: Actor): Promise<ComplementRequestResponse> {
    return this.queries.one(id, actor).then(toComplementResponse);
  }

  @Act('dossiers/:id/complements', {
    summary: 'Répondre à la demande de complément',
    description: 'Si le contenu du dossier a changé, un signataire doit l’avoir attesté à nouveau.',
    permission: 'complement.answer',
    answers: ComplementAnsweredResponse,
    refusals: { 409: ['NO_COMPLEMENT_EXPECTED', 'COMPLEMENT_TOO_LATE', 'NOT_ATTESTED', 'ACT_NOT_ALLOWED'] },
  })
  answer(
    @Id() dossierId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { answer }: ComplementAnswerBody,
    @Me() actor: Actor,
  ): Promise<ComplementAnsweredResponse> {
    return this.answerComplement.execute({ dossierId, version, answer }, actor).then(toAnsweredResponse);
  }

  @Act('dossiers/:id/admissibility', {
    summary: 'Décider de la recevabilité d’un dossier',
    description: 'Irrecevable, le dossier s’arrête là : ses demandes de financement sont écartées.',
    permission: 'dossier.decide-admissibility',
    answers: DossierStandingResponse,
    refusals: { 403: ['RECUSED'], 409: ['ACT_NOT_ALLOWED', 'NOT_ATTESTED'], 422: ['REASON_REQUIRED'] },
  })
  decide(
    @Id() dossierId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { admissible, reason = null }: AdmissibilityBody,
    @Me() actor: Actor,
  ): Promise<DossierStandingResponse> {
    return this.decideAdmissibility.execute({ dossierId, version, admissible, reason }, actor).then(toStandingResponse);
  }
}
