import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, refuseRecused } from '../../../platform/auth/authorizer.js';
import type { Perimeter } from '../../../platform/auth/perimeter.js';
import type { Permission } from '../../../platform/auth/policy.js';
import type { FiledDossier } from '../../dossiers/index.js';

/**
 * Refuses unless the actor instructs a dossier from one of these places and is not in conflict with its organisation. Who only sees it (as a
 * funder, a member, a reader) is told so. @throws NotFound, Forbidden, Recused
 */
export function assertInstructs(actor: Actor, permission: Permission, dossier: FiledDossier, places: Perimeter): void {
  authorize(actor, 'dossier.read', dossier.perimeter);
  authorizeCreation(actor, permission, places);
  refuseRecused(actor, dossier.organisationId);
}
