import { ROLES, SCOPE_KINDS, type Role, type ScopeKind } from '../../../platform/auth/actor.js';
import { Email, Instant, Nested, NestedList, OneOf, Text, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import type { Recusal } from '../domain/recusal.js';
import type { MyAccount } from '../use-cases/me.js';
import { MyMembershipResponse, toMyMembershipResponse } from './organisations.responses.js';

export class MyScopeResponse {
  @OneOf(SCOPE_KINDS) kind!: ScopeKind;
  @Text({ max: 100 }) code!: string;
}

export class MyGrantResponse {
  @OneOf(ROLES) role!: Role;
  @Nested(() => MyScopeResponse) scope!: MyScopeResponse;
}

export class MyOrganisationResponse {
  @Uuid() id!: string;
  @Text({ max: 300 }) name!: string;
  @Nested(() => MyMembershipResponse) membership!: MyMembershipResponse;
}

export class MeResponse {
  @Uuid() id!: string;
  @Email() email!: string;
  @Text({ max: 200 }) name!: string;
  @NestedList(() => MyGrantResponse, { max: 1000, description: 'Tous vos droits, ceux de vos structures compris' })
  grants!: MyGrantResponse[];
  @NestedList(() => MyOrganisationResponse, { max: 1000 }) organisations!: MyOrganisationResponse[];
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
}

export class RecusalResponse {
  @Uuid() id!: string;
  @Uuid() organisationId!: string;
  @Text({ max: 300 }) organisationName!: string;
  @Text({ max: 1000 }) reason!: string;
  @Instant() declaredAt!: string;
}

export function toMeResponse({ id, email, name, version, grants, memberships }: MyAccount): MeResponse {
  const organisations = memberships.map((membership) => ({
    id: membership.organisationId,
    name: membership.organisationName,
    membership: toMyMembershipResponse(membership),
  }));
  return { id, email, name, grants: grants.map(({ role, scope }) => ({ role, scope: { ...scope } })), organisations, version };
}

export function toRecusalResponse(recusal: Recusal): RecusalResponse {
  return { ...recusal, declaredAt: recusal.declaredAt.toISOString() };
}
