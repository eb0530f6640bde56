import type { Page } from '../../../kernel/page.js';
import { Email, Flag, Instant, Nested, OneOf, Text, TextList, Uuid, WholeNumber } from '../../../platform/http/fields.js';
import { MEMBER_ROLES, MEMBERSHIP_STATES, type MemberRole, type MembershipState } from '../domain/membership.js';
import type { MembershipView } from '../domain/membership.view.js';
import { LEGAL_FORMS, type LegalForm, type Organisation } from '../domain/organisation.js';
import type { OrganisationCreated } from '../use-cases/create-organisation.js';

export class OrganisationResponse {
  @Uuid() id!: string;
  @Text({ max: 14 }) siret!: string;
  @Text({ max: 10, nullable: true }) rna!: string | null;
  @Text({ max: 300 }) name!: string;
  @OneOf(LEGAL_FORMS) legalForm!: LegalForm;
  @Text({ max: 500 }) address!: string;
  @Text({ max: 5, nullable: true, description: 'Null : le siège est hors du territoire' }) inseeCode!: string | null;
  @Email() email!: string;
  @Text({ max: 30, nullable: true }) phone!: string | null;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
}

/** All that a SIRET gives: enough to ask to join. */
export class KnownOrganisationResponse {
  @Uuid() id!: string;
  @Text({ max: 300 }) name!: string;
  @Text({ max: 14 }) siret!: string;
}

export class MemberResponse {
  @Uuid() id!: string;
  @Text({ max: 200 }) name!: string;
  @Email() email!: string;
}

/** A membership as its person sees it. */
export class MyMembershipResponse {
  @Uuid() id!: string;
  @OneOf(MEMBERSHIP_STATES) state!: MembershipState;
  @TextList({ max: 3, each: 20, oneOf: MEMBER_ROLES }) roles!: MemberRole[];
  @Flag({ description: 'La qualité de signataire a été vérifiée sur document' }) signatoryVerified!: boolean;
  @Text({ max: 1000, nullable: true, description: 'Le motif d’un refus' }) decisionReason!: string | null;
  @WholeNumber({ min: 1, max: 2_147_483_647 }) version!: number;
}

export class MembershipResponse extends MyMembershipResponse {
  @Uuid() organisationId!: string;
  @Text({ max: 300 }) organisationName!: string;
  @Nested(() => MemberResponse) user!: MemberResponse;
  @Text({ max: 1000, nullable: true }) message!: string | null;
  @Instant() requestedAt!: string;
  @Instant({ nullable: true }) decidedAt!: string | null;
  @Instant({ nullable: true }) endedAt!: string | null;
  @Text({ max: 1000, nullable: true }) endReason!: string | null;
  @Instant({ nullable: true }) signatoryVerifiedAt!: string | null;
  @Text({ max: 1000, nullable: true, description: 'Le document vu' }) signatoryEvidence!: string | null;
}

export class CreatedOrganisationResponse extends OrganisationResponse {
  @Nested(() => MyMembershipResponse, { description: 'Votre demande : elle attend une réponse' }) membership!: MyMembershipResponse;
}

export function toOrganisationResponse(organisation: Organisation): OrganisationResponse {
  return { ...organisation };
}

export function toKnownOrganisationResponse({ id, name, siret }: Organisation): KnownOrganisationResponse {
  return { id, name, siret };
}

export function toCreatedOrganisationResponse({ organisation, membership }: OrganisationCreated): CreatedOrganisationResponse {
  return { ...organisation, membership: toMyMembershipResponse(membership) };
}

export function toMyMembershipResponse({ id, state, roles, verification, decisionReason, version }: MembershipView): MyMembershipResponse {
  return { id, state, roles: [...roles], signatoryVerified: verification !== null, decisionReason, version };
}

export function toMembershipResponse(membership: MembershipView): MembershipResponse {
  const { organisationId, organisationName, message, endReason, verification } = membership;
  return {
    ...toMyMembershipResponse(membership),
    organisationId,
    organisationName,
    user: { id: membership.userId, name: membership.userName, email: membership.userEmail },
    message,
    requestedAt: membership.requestedAt.toISOString(),
    decidedAt: membership.decidedAt?.toISOString() ?? null,
    endedAt: membership.endedAt?.toISOString() ?? null,
    endReason,
    signatoryVerifiedAt: verification?.at.toISOString() ?? null,
    signatoryEvidence: verification?.evidence ?? null,
  };
}

export function toOrganisationPage({ rows, ...rest }: Page<Organisation>): Page<OrganisationResponse> {
  return { rows: rows.map(toOrganisationResponse), ...rest };
}

export function toMembershipPage({ rows, ...rest }: Page<MembershipView>): Page<MembershipResponse> {
  return { rows: rows.map(toMembershipResponse), ...rest };
}
