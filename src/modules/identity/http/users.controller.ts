import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Page, PageRequest } from '../../../kernel/page.js';
import type { ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Act, Create, List, Read, Remove } from '../../../platform/http/operation.js';
import { Id, IfMatch, Me, Paging } from '../../../platform/http/params.js';
import { ChangeAccountState } from '../use-cases/change-account-state.js';
import { EndRole } from '../use-cases/end-role.js';
import { GiveRole } from '../use-cases/give-role.js';
import { InviteUser } from '../use-cases/invite-user.js';
import { UsersQueries } from '../use-cases/users.queries.js';
import { GrantBody, InviteUserRequest, UsersQuery } from './users.requests.js';
import { GrantResponse, toGrantResponse, toUserPage, toUserResponse, UserResponse } from './users.responses.js';

const permission = 'user.manage';
const GIVING = { 409: ['SELF_GRANT', 'GRANT_ALREADY_HELD'], 422: ['ROLE_NOT_FOR_SCOPE', 'UNKNOWN_SCOPE'] };

@ApiTags('Comptes et rôles')
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly queries: UsersQueries,
    private readonly inviteUser: InviteUser,
    private readonly giveRole: GiveRole,
    private readonly endRole: EndRole,
    private readonly accountState: ChangeAccountState,
  ) {}

  @List('', { summary: 'Les comptes, avec les rôles tenus', permission, answers: UserResponse })
  list(@Query() { q }: UsersQuery, @Paging() page: PageRequest, @Me() actor: Actor): Promise<Page<UserResponse>> {
    return this.queries.list(q ?? null, page, actor).then(toUserPage);
  }

  @Read(':id', { summary: 'Un compte, avec les rôles tenus ou passés', permission, answers: UserResponse })
  get(@Id() id: string, @Me() actor: Actor): Promise<UserResponse> {
    return this.queries.get(id, actor).then(toUserResponse);
  }

  @Create('', {
    summary: 'Inviter une personne, avec ses rôles',
    permission,
    answers: UserResponse,
    refusals: { ...GIVING, 409: [...GIVING[409], 'EMAIL_ALREADY_KNOWN'] },
  })
  invite(@Body() body: InviteUserRequest, @Me() actor: Actor): Promise<UserResponse> {
    return this.inviteUser.execute(body, actor).then(toUserResponse);
  }

  @Act(':id/grants', {
    summary: 'Donner un rôle sur un périmètre',
    permission,
    ifMatch: false,
    status: 201,
    answers: GrantResponse,
    refusals: GIVING,
  })
  grant(@Id() userId: string, @Body() body: GrantBody, @Me() actor: Actor): Promise<GrantResponse> {
    return this.giveRole.execute({ userId, ...body }, actor).then(toGrantResponse);
  }

  @Remove(':id/grants/:grantId', {
    summary: 'Mettre fin à un rôle, en gardant son histoire',
    permission,
    ifMatch: false,
    refusals: { 409: ['GRANT_ALREADY_ENDED', 'OWN_ADMINISTRATION'] },
  })
  endGrant(@Id() userId: string, @Id('grantId') grantId: string, @Me() actor: Actor): Promise<void> {
    return this.endRole.execute({ userId, grantId }, actor);
  }

  @Act(':id/disable', {
    summary: 'Fermer un compte, aussitôt',
    permission,
    answers: UserResponse,
    refusals: { 409: ['ACT_NOT_ALLOWED', 'OWN_ADMINISTRATION'] },
  })
  disable(@Id() userId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<UserResponse> {
    return this.accountState.execute({ userId, version, act: 'disable' }, actor).then(toUserResponse);
  }

  @Act(':id/enable', {
    summary: 'Rouvrir un compte',
    permission,
    answers: UserResponse,
    refusals: { 409: ['ACCOUNT_ERASED', 'ACT_NOT_ALLOWED'] },
  })
  enable(@Id() userId: string, @IfMatch() version: ExpectedVersion, @Me() actor: Actor): Promise<UserResponse> {
    return this.accountState.execute({ userId, version, act: 'enable' }, actor).then(toUserResponse);
  }
}
