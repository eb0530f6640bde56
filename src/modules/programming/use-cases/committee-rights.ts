import { NotFound } from '../../../kernel/errors.js';
import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { authorizeCreation, may, visibleScopes } from '../../../platform/auth/authorizer.js';
import { CONTRACT } from '../../../platform/auth/perimeter.js';
import type { Permission } from '../../../platform/auth/policy.js';
import type { Committee } from '../domain/committee.js';

/** What every act on a session says. */
export interface CommitteeCommand {
  readonly committeeId: string;
  readonly version: ExpectedVersion;
}

export const seesDrafts = (actor: Actor): boolean => may(actor, 'committee.read-draft', [CONTRACT]);

/** A session is the whole contract's: its staff know of it wherever they hold their role, once it is convened. @throws NotFound */
export function authorizeReading(actor: Actor, { state }: Committee): void {
  const isStaff = visibleScopes(actor, 'committee.read').length > 0;
  if (!isStaff || (state === 'draft' && !seesDrafts(actor))) throw new NotFound();
}

/** May it be seen, may this be done. @throws NotFound, Forbidden */
export function authorizeActing(actor: Actor, permission: Permission, committee: Committee): void {
  authorizeReading(actor, committee);
  authorizeCreation(actor, permission, [CONTRACT]);
}

/** The same, on the version that was read. @throws NotFound, Forbidden, VersionRequired, StaleVersion */
export function assertMayAct(actor: Actor, permission: Permission, committee: Committee, version: ExpectedVersion): void {
  authorizeActing(actor, permission, committee);
  assertVersion(version, committee.version);
}

/** Organisations on which this person decides nothing here: their own, and those they are recused from in this session. */
export function recusedOrganisations(actor: Actor, { members, recusals }: Committee): ReadonlySet<string> {
  const seats = new Set(members.filter(({ userId }) => userId === actor.id).map(({ id }) => id));
  const inSession = recusals.filter(({ memberId }) => seats.has(memberId)).map(({ organisationId }) => organisationId);
  return new Set([...actor.recusedFrom, ...inSession]);
}

/** What the audit keeps of a session before and after an act. */
export function auditedSession({ title, heldOn, place, quorum, state, version, members, recusals, lineCount }: Committee): object {
  const present = members.filter((member) => member.present === true).map(({ id }) => id);
  return { title, heldOn, place, quorum, state, version, lineCount, present, memberIds: members.map(({ id }) => id), recusals };
}
