import type { Perimeter, Scope } from '../../kernel/scope.js';
import type { Actor, Role } from './actor.js';

export type { Perimeter } from '../../kernel/scope.js';

/** The contract's own scope, which every object of the trade belongs to. */
export const CONTRACT: Scope = { kind: 'contract', code: 'GOSB' };
export const INSTANCE: Scope = { kind: 'instance', code: '*' };

/** The roles that `actor` holds over an object of this perimeter. */
export function rolesOver(actor: Actor, perimeter: Perimeter): ReadonlySet<Role> {
  const roles = new Set<Role>();
  for (const grant of actor.grants) {
    if (perimeter.some((scope) => scope.kind === grant.scope.kind && scope.code === grant.scope.code)) roles.add(grant.role);
  }
  return roles;
}

/** The scopes in which `actor` holds one of `roles`. */
export function scopesOf(actor: Actor, roles: readonly Role[]): readonly Scope[] {
  return actor.grants.filter((grant) => roles.includes(grant.role)).map((grant) => grant.scope);
}
