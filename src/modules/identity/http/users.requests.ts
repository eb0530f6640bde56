import { Email, Nested, NestedList, OneOf, Text } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { GRANTED_ROLES, GRANTED_SCOPE_KINDS, type GrantedRole, type GrantedScopeKind } from '../domain/grant.js';

export class ScopeBody {
  @OneOf(GRANTED_SCOPE_KINDS) kind!: GrantedScopeKind;
  @Text({
    max: 100,
    example: '94041',
    description: 'Code INSEE, code du secteur, du département, du financeur ou du contrat ; nom court du QPV ; * pour l’instance',
  })
  code!: string;
}

export class GrantBody {
  @OneOf(GRANTED_ROLES) role!: GrantedRole;
  @Nested(() => ScopeBody) scope!: ScopeBody;
}

export class InviteUserRequest {
  @Email() email!: string;
  @Text({ max: 200 }) name!: string;
  @NestedList(() => GrantBody, { max: 50 }) grants!: GrantBody[];
}

export class UsersQuery extends ListQuery {
  @Text({ max: 200, optional: true, description: 'Une partie du nom ou de l’adresse' }) q?: string;
}
