export const SCOPE_KINDS = ['organisation', 'commune', 'sector', 'department', 'funder', 'qpv', 'contract', 'instance'] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];

/** Where a role holds, and where an object is seen from: a commune by INSEE code, a sector or département by code, a funder by code, a QPV by slug, an organisation by id. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly code: string;
}

/** The scopes an object is seen from: its organisation, its communes (those of its QPV included), sectors, départements, funders, QPV. */
export type Perimeter = readonly Scope[];
