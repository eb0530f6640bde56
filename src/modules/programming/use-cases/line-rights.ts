import type { ExpectedVersion } from '../../../kernel/version.js';
import { assertVersion } from '../../../kernel/version.js';
import type { Actor, Role } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, refuseRecused } from '../../../platform/auth/authorizer.js';
import { rolesOver, type Perimeter } from '../../../platform/auth/perimeter.js';
import type { Permission } from '../../../platform/auth/policy.js';
import type { FunderOfLine, FundingLine, LineInHand } from '../../funding/index.js';
import type { DecidedLine } from '../domain/decided-line.js';

/** What every decision on a line says. */
export interface LineCommand {
  readonly lineId: string;
  readonly version: ExpectedVersion;
}

/**
 * From where the State decides on a line of programme 147: the funder's own département, and the sectors of the dossier that lie in it. The
 * prefecture and the delegates of the other département see the dossier, and have no hand in this money.
 */
export function stateScopes({ line, funder, funderSectors, perimeter }: LineInHand): Perimeter {
  if (!line.isProgramme147) return perimeter.filter(({ kind }) => kind === 'department' || kind === 'sector');
  if (funder.departmentCode === null) return [];
  return [{ kind: 'department', code: funder.departmentCode }, ...funderSectors.map((code) => ({ kind: 'sector' as const, code }))];
}

/** From where any other funder decides: itself, and its commune when it is a city. */
export function funderScopes({ funder }: { readonly funder: Pick<FunderOfLine, 'code' | 'inseeCode'> }): Perimeter {
  const own = { kind: 'funder', code: funder.code } as const;
  return funder.inseeCode === null ? [own] : [own, { kind: 'commune', code: funder.inseeCode }];
}

/**
 * The checks that come before any rule, in their order: may it be seen, may this be done, is it their own organisation, is it the version read.
 * Gives the roles held over `scopes`. @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion
 */
export function assertMayDecide(
  hand: LineInHand,
  actor: Actor,
  permission: Permission,
  scopes: Perimeter,
  version: ExpectedVersion,
): ReadonlySet<Role> {
  authorize(actor, 'funding-line.read', hand.perimeter);
  authorizeCreation(actor, permission, scopes);
  refuseRecused(actor, hand.line.organisationId);
  assertVersion(version, hand.line.version);
  return rolesOver(actor, scopes);
}

/** The line after a decision that leaves no approval waiting. */
export function decidedLine(after: FundingLine, { dossier }: LineInHand): DecidedLine<FundingLine> {
  return { ...after, signatoryVerified: dossier.signatoryVerified, firstApproval: null };
}

/** What the audit keeps of a line before and after a decision. */
export function audited(line: FundingLine): object {
  const { state, version, proposedCents, proposerId, grantedCents, deciderId, decidedOn, decisionReference, reason } = line;
  const { envelopeId, reservedCents, committedCents } = line;
  return {
    ...{ state, version, proposedCents, proposerId, grantedCents, deciderId, decidedOn, decisionReference, reason },
    ...{ envelopeId, reservedCents, committedCents },
  };
}
