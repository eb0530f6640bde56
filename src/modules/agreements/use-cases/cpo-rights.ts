import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, refuseRecused } from '../../../platform/auth/authorizer.js';
import type { Perimeter } from '../../../platform/auth/perimeter.js';
import type { Permission } from '../../../platform/auth/policy.js';
import type { LineInHand } from '../../funding/index.js';
import { funderScopes, stateScopes } from '../../programming/index.js';
import type { Cpo } from '../domain/cpo.js';

/** What every act on a CPO says. */
export interface CpoCommand {
  readonly cpoId: string;
  readonly version: ExpectedVersion;
}

/** From where its funder decides: the State on programme 147, any other funder itself. */
export function cpoScopes(hand: LineInHand): Perimeter {
  return hand.line.isProgramme147 ? stateScopes(hand) : funderScopes(hand);
}

/** The checks that come before any rule, in their order. `scopes`: from where the act is done. @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion */
export function assertMayAct(
  { cpo, first }: { readonly cpo: Cpo; readonly first: LineInHand },
  actor: Actor,
  permission: Permission,
  version: ExpectedVersion,
  scopes: Perimeter = cpoScopes(first),
): void {
  authorize(actor, cpo.signedOn === null ? 'cpo.read' : 'cpo.read-signed', first.perimeter);
  authorizeCreation(actor, permission, scopes);
  refuseRecused(actor, cpo.organisationId);
  assertVersion(version, cpo.version);
}

/** What the audit keeps of a CPO before and after an act. */
export function auditedCpo({ state, version, actId, reference, signedOn, reason, endedOn, tranches }: Cpo): object {
  const years = tranches.map(({ year, amountCents, confirmedAt }) => ({ year, amountCents, confirmed: confirmedAt !== null }));
  return { state, version, actId, reference, signedOn, reason, endedOn, tranches: years };
}
