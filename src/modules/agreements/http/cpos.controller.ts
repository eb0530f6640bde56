import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Create, List, Read, Replace } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { AbandonCpo } from '../use-cases/abandon-cpo.js';
import { ChangeNegotiation } from '../use-cases/change-negotiation.js';
import { CpoQueries } from '../use-cases/cpo.queries.js';
import { NegotiateCpo } from '../use-cases/negotiate-cpo.js';
import { CpoReasonRequest, CposQuery, CpoShareQuery, NegotiateCpoRequest, toAmounts, TrancheAmountsRequest } from './cpo.requests.js';
import {
  CpoResponse,
  CpoShareResponse,
  CpoVersionResponse,
  ListedCpoResponse,
  toCpoResponse,
  toCpoShareResponse,
  toCpoVersionResponse,
  toListedCpoResponse,
} from './cpo.responses.js';
import { CpoRenewalResponse, toCpoRenewalResponse } from './cpo-renewal.response.js';

const RECUSED = { 403: ['RECUSED'] } as const;

@ApiTags('CPO')
@Controller('v1/cpos')
export class CposController {
  constructor(
    private readonly queries: CpoQueries,
    private readonly negotiateCpo: NegotiateCpo,
    private readonly changeNegotiation: ChangeNegotiation,
    private readonly abandonCpo: AbandonCpo,
  ) {}

  @Create('', {
    summary: 'Ouvrir la négociation d’une CPO sur les lignes d’une action pluriannuelle',
    permission: 'cpo.negotiate',
    answers: CpoResponse,
    refusals: {
      ...RECUSED,
      409: ['LINE_MISSING', 'LINE_NOT_FREE', 'TRANCHE_ABOVE_REQUEST', 'DOSSIER_NOT_ADMISSIBLE', 'CPO_ALREADY_LIVE'],
      422: ['WRONG_CPO_YEARS', 'WRONG_TRANCHES'],
    },
  })
  negotiate(@Body() body: NegotiateCpoRequest, @Me() actor: Actor): Promise<CpoResponse> {
    const { actionId, funderId, scheme = null, years } = body;
    return this.negotiateCpo.execute({ actionId, funderId, scheme, years, tranches: toAmounts(body) }, actor).then(toCpoResponse);
  }

  @List('', {
    summary: 'Lister les CPO',
    description: 'Celles en négociation ne sont connues que de qui décide ; une structure voit les siennes une fois signées.',
    permission: 'cpo.read-signed',
    answers: ListedCpoResponse,
  })
  list(@Query() filter: CposQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<ListedCpoResponse>> {
    return this.queries.list(filter, page, actor).then((found) => ({ ...found, rows: found.rows.map(toListedCpoResponse) }));
  }

  @Read('share', {
    summary: 'Lire la part des CPO, selon ses deux définitions',
    permission: 'cpo.read-share',
    answers: CpoShareResponse,
  })
  share(@Query() { year, department }: CpoShareQuery, @Me() actor: Actor): Promise<CpoShareResponse> {
    return this.queries.share(year, department ?? null, actor).then(toCpoShareResponse);
  }

  @Read(':id', { summary: 'Lire une CPO et ses tranches', permission: 'cpo.read-signed', answers: CpoResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<CpoResponse> {
    return this.queries.get(id, actor).then(toCpoResponse);
  }

  @Read(':id/versions', {
    summary: 'Lire ce qui a été convenu, accord après accord',
    permission: 'cpo.read',
    answers: [CpoVersionResponse],
  })
  versions(@Id() id: string, @Me() actor: Actor): Promise<CpoVersionResponse[]> {
    return this.queries.versions(id, actor).then((versions) => versions.map(toCpoVersionResponse));
  }

  @Read(':id/renewal', {
    summary: 'Lire ce que serait la CPO suivante',
    description: 'La moyenne de ce qui était convenu et le contenu de l’action, jamais ses décisions.',
    permission: 'cpo.read-signed',
    answers: CpoRenewalResponse,
    refusals: { 409: ['NO_RENEWAL'] },
  })
  renewal(@Id() id: string, @Me() actor: Actor): Promise<CpoRenewalResponse> {
    return this.queries.renewal(id, actor).then(toCpoRenewalResponse);
  }

  @Replace(':id', {
    summary: 'Changer les montants tant que personne n’a signé',
    permission: 'cpo.negotiate',
    answers: CpoResponse,
    refusals: { ...RECUSED, 409: ['ACT_NOT_ALLOWED', 'CPO_ON_PAPER', 'LINE_MISSING', 'TRANCHE_ABOVE_REQUEST'], 422: ['WRONG_TRANCHES'] },
  })
  change(
    @Id() cpoId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() body: TrancheAmountsRequest,
    @Me() actor: Actor,
  ): Promise<CpoResponse> {
    return this.changeNegotiation.execute({ cpoId, version, tranches: toAmounts(body) }, actor).then(toCpoResponse);
  }

  @Act(':id/abandon', {
    summary: 'Abandonner la négociation',
    permission: 'cpo.negotiate',
    answers: CpoResponse,
    refusals: { ...RECUSED, 409: ['ACT_NOT_ALLOWED', 'CPO_ON_PAPER'] },
  })
  abandon(
    @Id() cpoId: string,
    @IfMatch() version: ExpectedVersion,
    @Body() { reason }: CpoReasonRequest,
    @Me() actor: Actor,
  ): Promise<CpoResponse> {
    return this.abandonCpo.execute({ cpoId, version, reason }, actor).then(toCpoResponse);
  }
}
