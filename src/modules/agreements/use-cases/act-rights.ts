import { assertVersion, type ExpectedVersion } from '../../../kernel/version.js';
import type { Actor, Role } from '../../../platform/auth/actor.js';
import { authorize, authorizeCreation, refuseRecused } from '../../../platform/auth/authorizer.js';
import type { Perimeter } from '../../../platform/auth/perimeter.js';
import type { Permission } from '../../../platform/auth/policy.js';
import { isProgramme147 } from '../../funding/index.js';
import { isKnownToBeneficiary } from '../domain/act-reading.js';
import type { Act } from '../domain/act.js';
import type { ActInHand } from '../persistence/act.repository.js';

/** What every decision on an act says. */
export interface ActCommand {
  readonly actId: string;
  readonly version: ExpectedVersion;
}

const MEMBERS: readonly Role[] = ['applicant', 'signatory', 'organisation-administrator'];

/** From where a funder's acts are made: the State's by the prefecture of its département, any other's by its own people, a city's instructors among them. */
export function actScopes({ code, departmentCode, inseeCode }: ActInHand['funder']): Perimeter {
  if (isProgramme147(code)) return departmentCode === null ? [] : [{ kind: 'department', code: departmentCode }];
  const own = { kind: 'funder', code } as const;
  return inseeCode === null ? [own] : [own, { kind: 'commune', code: inseeCode }];
}

/** The beneficiary's people see an act once it is notified, the funders' side from its preparation on. Whether it is seen as one of the former. @throws NotFound */
export function assertSees(actor: Actor, act: Act, perimeter: Perimeter): { asBeneficiary: boolean } {
  const roles = authorize(actor, 'act.read', perimeter);
  const asBeneficiary = isKnownToBeneficiary(act) && MEMBERS.some((role) => roles.has(role));
  if (!asBeneficiary) authorize(actor, 'act.read-prepared', perimeter);
  return { asBeneficiary };
}

/** The checks that come before any rule, in their order. @throws NotFound, Forbidden, Recused, VersionRequired, StaleVersion */
export function assertMayHandle(
  { act, funder, perimeter }: ActInHand,
  actor: Actor,
  permission: Permission,
  version: ExpectedVersion,
): void {
  assertSees(actor, act, perimeter);
  authorizeCreation(actor, permission, actScopes(funder));
  refuseRecused(actor, act.organisationId);
  assertVersion(version, act.version);
}

/** What the audit keeps of an act before and after a decision. */
export function auditedAct(act: Act): object {
  const { number, kind, state, version, amountCents, signedOn, signatoryName, signedSha256, beneficiarySignedOn, notifiedOn, voidReason } =
    act;
  return { number, kind, state, version, amountCents, signedOn, signatoryName, signedSha256, beneficiarySignedOn, notifiedOn, voidReason };
}
