import { Forbidden, NotFound } from '../../kernel/errors.js';
import { requestContext } from '../request-context.js';
import type { Actor, Role, Scope } from './actor.js';
import { rolesOver, scopesOf, type Perimeter } from './perimeter.js';
import { POLICY, type Permission } from './policy.js';

/** The actor belongs to the organisation whose file this is, or declared a conflict of interest. */
export class Recused extends Forbidden {
  constructor() {
    super('Vous êtes en déport sur cette structure (vous en êtes membre, ou vous avez déclaré un conflit d’intérêts).', 'RECUSED');
  }
}

/** What each role is called, for people. */
const ROLE_NAMES: Readonly<Record<Role, string>> = {
  applicant: 'membre de la structure qui rédige',
  signatory: 'signataire de la structure',
  'organisation-administrator': 'administrateur de la structure',
  instructor: 'chef de projet de la commune',
  delegate: 'délégué de la préfète',
  prefecture: 'préfecture',
  coordinator: 'coordination du contrat',
  partner: 'financeur partenaire',
  'citizens-council': 'conseil citoyen',
  landlord: 'bailleur',
  auditor: 'auditeur',
  administrator: 'administrateur de la plateforme',
};

/** The caller sees the thing but holds none of the roles that may do this to it. */
export class RoleRequired extends Forbidden {
  constructor(permission: Permission) {
    const names = POLICY[permission].map((role) => ROLE_NAMES[role]).join(', ou ');
    super(`Il faut pour cela tenir ici l’un de ces rôles, accordé et actif : ${names}.`);
  }
}

function asked(permission: Permission): void {
  requestContext.getStore()?.authorized.add(permission);
}

/**
 * Refuses unless the actor may `permission` over the perimeter. `seenBy` is the permission that lets one know the object exists.
 * Returns the roles the actor holds there. @throws NotFound when it may not be seen, Forbidden when it may be seen but not acted on
 */
export function authorize(actor: Actor, permission: Permission, perimeter: Perimeter, seenBy: Permission = permission): ReadonlySet<Role> {
  asked(permission);
  const roles = rolesOver(actor, perimeter);
  if (!holdsOne(roles, permission)) throw holdsOne(roles, seenBy) && seenBy !== permission ? new RoleRequired(permission) : new NotFound();
  return roles;
}

/** For acts on no existing object (creating at the top): 403 rather than 404. @throws Forbidden */
export function authorizeCreation(actor: Actor, permission: Permission, perimeter: Perimeter): void {
  asked(permission);
  if (!holdsOne(rolesOver(actor, perimeter), permission)) throw new RoleRequired(permission);
}

/** Whether the actor may, without refusing; for fields that only some may read. */
export function may(actor: Actor, permission: Permission, perimeter: Perimeter): boolean {
  return holdsOne(rolesOver(actor, perimeter), permission);
}

/** The scopes from which the actor sees rows of a list: what every list's SQL filters on. Empty: it sees none. */
export function visibleScopes(actor: Actor, permission: Permission): readonly Scope[] {
  asked(permission);
  return scopesOf(actor, POLICY[permission]);
}

/** @throws Recused when the actor may not judge this organisation's files */
export function refuseRecused(actor: Actor, organisationId: string): void {
  if (actor.recusedFrom.has(organisationId)) throw new Recused();
}

/** How an organisation's files are judged is no more told to who may not judge them than to its own people. @throws NotFound */
export function hideFromRecused(actor: Actor, organisationId: string): void {
  if (actor.recusedFrom.has(organisationId)) throw new NotFound();
}

function holdsOne(roles: ReadonlySet<Role>, permission: Permission): boolean {
  return (POLICY[permission] as readonly Role[]).some((role) => roles.has(role));
}
