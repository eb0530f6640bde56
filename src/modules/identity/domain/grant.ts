import { GrantAlreadyEnded, OwnAdministration, RoleNotForScope, SelfGrant } from './identity.errors.js';

/** Roles that an administrator gives; those of an organisation's members come from their membership. */
export const GRANTED_ROLES = [
  'instructor',
  'delegate',
  'prefecture',
  'coordinator',
  'partner',
  'citizens-council',
  'landlord',
  'auditor',
  'administrator',
] as const;
export type GrantedRole = (typeof GRANTED_ROLES)[number];

export const GRANTED_SCOPE_KINDS = ['commune', 'sector', 'department', 'funder', 'qpv', 'contract', 'instance'] as const;
export type GrantedScopeKind = (typeof GRANTED_SCOPE_KINDS)[number];

/** What each role is exercised over. */
export const SCOPES_OF_ROLE: Readonly<Record<GrantedRole, readonly GrantedScopeKind[]>> = {
  instructor: ['commune'],
  delegate: ['sector', 'department'],
  prefecture: ['department'],
  coordinator: ['contract'],
  partner: ['funder'],
  'citizens-council': ['qpv'],
  landlord: ['funder'],
  auditor: ['contract'],
  administrator: ['instance'],
};

export interface GrantedScope {
  readonly kind: GrantedScopeKind;
  readonly code: string;
}

export interface GrantRequest {
  readonly role: GrantedRole;
  readonly scope: GrantedScope;
}

/** A role that someone holds or held. */
export interface Grant extends GrantRequest {
  readonly id: string;
  readonly userId: string;
  readonly grantedAt: Date;
  readonly revokedAt: Date | null;
}

/**
 * Whether `giverId` may give this role to `holderId`; that the scope exists is for the caller to check.
 * @throws SelfGrant, RoleNotForScope
 */
export function checkGrant(request: GrantRequest, giverId: string, holderId: string, pointer = '/scope'): void {
  if (giverId === holderId) throw new SelfGrant();
  const kinds = SCOPES_OF_ROLE[request.role];
  if (!kinds.includes(request.scope.kind)) throw new RoleNotForScope(request.role, kinds, pointer);
}

/** @throws GrantAlreadyEnded, OwnAdministration */
export function checkEnd(grant: Grant, enderId: string): void {
  if (grant.revokedAt !== null) throw new GrantAlreadyEnded();
  if (grant.userId === enderId && grant.role === 'administrator') throw new OwnAdministration();
}
