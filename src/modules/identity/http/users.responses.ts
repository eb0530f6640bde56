import { Flag, Instant, Nested, NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import type { Page } from '../../../kernel/page.js';
import { GRANTED_ROLES, type Grant, type GrantedRole } from '../domain/grant.js';
import type { UserView } from '../use-cases/user-view.js';
import { ScopeBody } from './users.requests.js';

export class GrantResponse {
  @Uuid() id!: string;
  @OneOf(GRANTED_ROLES) role!: GrantedRole;
  @Nested(() => ScopeBody) scope!: ScopeBody;
  @Instant() grantedAt!: string;
  @Instant({ nullable: true, description: 'Depuis quand ce rôle n’est plus tenu' }) endedAt!: string | null;
}

export class UserResponse {
  @Uuid() id!: string;
  @Text({ max: 254 }) email!: string;
  @Text({ max: 200 }) name!: string;
  @Flag() emailConfirmed!: boolean;
  @Flag() disabled!: boolean;
  @NestedList(() => GrantResponse, { max: 1000 }) grants!: GrantResponse[];
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
}

export function toGrantResponse({ id, role, scope, grantedAt, revokedAt }: Grant): GrantResponse {
  return { id, role, scope, grantedAt: grantedAt.toISOString(), endedAt: revokedAt?.toISOString() ?? null };
}

export function toUserResponse(user: UserView): UserResponse {
  return { ...user, grants: user.grants.map(toGrantResponse) };
}

export function toUserPage({ rows, ...rest }: Page<UserView>): Page<UserResponse> {
  return { rows: rows.map(toUserResponse), ...rest };
}
