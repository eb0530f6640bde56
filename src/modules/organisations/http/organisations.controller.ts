import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Change, Create, List, Read } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { showingCurrent } from '../../../platform/http/showing-current.js';
import { AskToJoin } from '../use-cases/ask-to-join.js';
import { CreateOrganisation } from '../use-cases/create-organisation.js';
import { MembershipsQueries } from '../use-cases/memberships.queries.js';
import { OrganisationsQueries } from '../use-cases/organisations.queries.js';
import { UpdateOrganisation } from '../use-cases/update-organisation.js';
import {
  AskToJoinRequest,
  CreateOrganisationRequest,
  LookupQuery,
  MembershipsQuery,
  OrganisationsQuery,
  UpdateOrganisationRequest,
} from './organisations.requests.js';
import {
  CreatedOrganisationResponse,
  KnownOrganisationResponse,
  MembershipResponse,
  OrganisationResponse,
  toCreatedOrganisationResponse,
  toKnownOrganisationResponse,
  toMembershipPage,
  toMembershipResponse,
  toOrganisationPage,
  toOrganisationResponse,
} from './organisations.responses.js';

@ApiTags('Structures')
@Controller('v1/organisations')
export class OrganisationsController {
  constructor(
    private readonly queries: OrganisationsQueries,
    private readonly memberships: MembershipsQueries,
    private readonly createOrganisation: CreateOrganisation,
    private readonly updateOrganisation: UpdateOrganisation,
    private readonly askToJoin: AskToJoin,
  ) {}

  @List('', { summary: 'Les structures qui vous sont visibles', permission: 'organisation.read', answers: OrganisationResponse })
  list(@Query() query: OrganisationsQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<OrganisationResponse>> {
    return this.queries.list(query, page, actor).then(toOrganisationPage);
  }

  @Read('lookup', {
    summary: 'Trouver une structure par son SIRET exact, pour demander à la rejoindre',
    permission: 'signed-in',
    answers: KnownOrganisationResponse,
    refusals: { 400: ['VALIDATION_FAILED'], 404: ['NOT_FOUND'], 422: ['INVALID_SIRET'] },
  })
  lookup(@Query() { siret }: LookupQuery): Promise<KnownOrganisationResponse> {
    return this.queries.lookup(siret).then(toKnownOrganisationResponse);
  }

  @Read(':id', { summary: 'Une structure', permission: 'organisation.read', answers: OrganisationResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<OrganisationResponse> {
    return this.queries.get(id, actor).then(toOrganisationResponse);
  }

  @Create('', {
    summary: 'Enregistrer une structure',
    description:
      'Vous demandez ainsi à en être rédacteur et administrateur. Cela ne donne aucun droit tant qu’un instructeur de sa commune, ou la coordination là où il n’y en a pas, n’a pas accepté.',
    permission: 'signed-in',
    answers: CreatedOrganisationResponse,
    refusals: { 409: ['SIRET_ALREADY_KNOWN'], 422: ['INVALID_SIRET', 'INVALID_RNA', 'UNKNOWN_COMMUNE'] },
  })
  create(@Body() body: CreateOrganisationRequest, @Me() actor: Actor): Promise<CreatedOrganisationResponse> {
    return this.createOrganisation.execute(body, actor).then(toCreatedOrganisationResponse);
  }

  @Change(':id', {
    summary: 'Corriger une structure',
    permission: 'organisation.update',
    answers: OrganisationResponse,
    refusals: { 422: ['INVALID_RNA', 'UNKNOWN_COMMUNE'] },
  })
  update(
    @Id() organisationId: string,
    @Body() changes: UpdateOrganisationRequest,
    @IfMatch() version: ExpectedVersion,
    @Me() actor: Actor,
  ): Promise<OrganisationResponse> {
    const edit = this.updateOrganisation.execute({ organisationId, version, changes }, actor).then(toOrganisationResponse);
    return showingCurrent(edit, () => this.get(organisationId, actor));
  }

  @List(':id/memberships', {
    summary: 'Les membres d’une structure, et les demandes',
    permission: 'membership.read',
    answers: MembershipResponse,
  })
  members(
    @Id() id: string,
    @Query() { state }: MembershipsQuery,
    @Paging() page: PageRequest,
    @Me() actor: Actor,
  ): Promise<Page<MembershipResponse>> {
    return this.memberships.listOf(id, state, page, actor).then(toMembershipPage);
  }

  @Create(':id/memberships', {
    summary: 'Demander à rejoindre une structure',
    permission: 'signed-in',
    answers: MembershipResponse,
    refusals: { 404: ['NOT_FOUND'], 409: ['ALREADY_MEMBER'] },
  })
  join(@Id() organisationId: string, @Body() body: AskToJoinRequest, @Me() actor: Actor): Promise<MembershipResponse> {
    return this.askToJoin.execute({ organisationId, ...body }, actor).then(toMembershipResponse);
  }
}
