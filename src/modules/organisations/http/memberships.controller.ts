import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, List, Read } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import type { Decision } from '../domain/membership.js';
import { DecideOnMembership } from '../use-cases/decide-on-membership.js';
import { MembershipsQueries } from '../use-cases/memberships.queries.js';
import { VerifySignatory } from '../use-cases/verify-signatory.js';
import {
  ChangeRolesRequest,
  GrantMembershipRequest,
  MembershipsQuery,
  ReasonRequest,
  VerifySignatoryRequest,
} from './organisations.requests.js';
import { MembershipResponse, toMembershipPage, toMembershipResponse } from './organisations.responses.js';

const DECISION = {
  permission: 'membership.grant',
  answers: MembershipResponse,
  refusals: { 403: ['RECUSED'], 409: ['OWN_MEMBERSHIP', 'ACT_NOT_ALLOWED'] },
} as const;

@ApiTags('Structures')
@Controller('v1/memberships')
export class MembershipsController {
  constructor(
    private readonly queries: MembershipsQueries,
    private readonly decideOnMembership: DecideOnMembership,
    private readonly verifySignatory: VerifySignatory,
  ) {}

  @List('', {
    summary: 'Les membres et demandes de toutes les structures visibles, les derniers d’abord',
    permission: 'membership.read',
    answers: MembershipResponse,
  })
  list(@Query() { state }: MembershipsQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<MembershipResponse>> {
    return this.queries.list(state, page, actor).then(toMembershipPage);
  }

  @Read(':id', { summary: 'Un membre, ou une demande', permission: 'membership.read', answers: MembershipResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<MembershipResponse> {
    return this.queries.get(id, actor).then(toMembershipResponse);
  }

  @Act(':id/grant', { ...DECISION, summary: 'Accepter une demande, pour les rôles demandés ou d’autres' })
  grant(
    @Id() id: string,
    @Body() { roles }: GrantMembershipRequest,
    @IfMatch() version: ExpectedVersion,
    @Me() actor: Actor,
  ): Promise<MembershipResponse> {
    return this.decide(id, version, { act: 'grant', roles }, actor);
  }

  @Act(':id/refuse', { ...DECISION, summary: 'Refuser une demande' })
  refuse(
    @Id() id: string,
    @Body() { reason }: ReasonRequest,
    @IfMatch() version: ExpectedVersion,
    @Me() actor: Actor,
  ): Promise<MembershipResponse> {
    return this.decide(id, version, { act: 'refuse', reason }, actor);
  }

  @Act(':id/change-roles', { ...DECISION, summary: 'Changer les rôles d’un membre' })
  changeRoles(
    @Id() id: string,
    @Body() { roles }: ChangeRolesRequest,
    @IfMatch() version: ExpectedVersion,
    @Me() actor: Actor,
  ): Promise<MembershipResponse> {
    return this.decide(id, version, { act: 'change-roles', roles }, actor);
  }

  @Act(':id/end', { ...DECISION, summary: 'Mettre fin à l’appartenance d’un membre' })
  end(
    @Id() id: string,
    @Body() { reason }: ReasonRequest,
    @IfMatch() version: ExpectedVersion,
    @Me() actor: Actor,
  ): Promise<MembershipResponse> {
    return this.decide(id, version, { act: 'end', reason }, actor);
  }

  @Act(':id/verify-signatory', {
    summary: 'Attester avoir vu le document qui dit que cette personne signe pour la structure',
    permission: 'signatory.verify',
    answers: MembershipResponse,
    refusals: { 403: ['RECUSED'], 409: ['OWN_MEMBERSHIP', 'ACT_NOT_ALLOWED', 'NOT_A_SIGNATORY', 'SIGNATORY_ALREADY_VERIFIED'] },
  })
  verify(
    @Id() membershipId: string,
    @Body() { evidence }: VerifySignatoryRequest,
    @IfMatch() version: ExpectedVersion,
    @Me() actor: Actor,
  ): Promise<MembershipResponse> {
    return this.verifySignatory.execute({ membershipId, version, evidence }, actor).then(toMembershipResponse);
  }

  private decide(membershipId: string, version: ExpectedVersion, decision: Decision, actor: Actor): Promise<MembershipResponse> {
    return this.decideOnMembership.execute({ membershipId, version, decision }, actor).then(toMembershipResponse);
  }
}
