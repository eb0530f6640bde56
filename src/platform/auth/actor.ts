import type { Scope } from '../../kernel/scope.js';

export { SCOPE_KINDS, type Scope, type ScopeKind } from '../../kernel/scope.js';

/** Every role of the trade. The first three come from a membership in an organisation, the others from a grant. */
export const ROLES = [
  'applicant',
  'signatory',
  'organisation-administrator',
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
export type Role = (typeof ROLES)[number];

export interface RoleGrant {
  readonly role: Role;
  readonly scope: Scope;
}

/** Who acts: a signed-in person with the rights read at the start of the request, or the system itself. */
export interface Actor {
  readonly id: string;
  readonly kind: 'user' | 'system';
  readonly grants: readonly RoleGrant[];
  /** Organisations whose files this person must not instruct, propose or approve: memberships and declared conflicts. */
  readonly recusedFrom: ReadonlySet<string>;
}

/** Loads who a valid token speaks for. Implemented by the module that knows people; null when the account is closed or the session ended. */
export abstract class ActorLoader {
  abstract load(userId: string, sessionId: string): Promise<Actor | null>;
}
