import { Email, OneOf, Text, TextList } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/paging.js';
import { MEMBER_ROLES, MEMBERSHIP_STATES, type MemberRole, type MembershipState } from '../domain/membership.js';
import { LEGAL_FORMS, type LegalForm } from '../domain/organisation.js';

const SIRET = { max: 30, example: '552 100 554 00013', description: '14 chiffres, avec ou sans espaces' } as const;
const RNA = {
  max: 20,
  optional: true,
  nullable: true,
  example: 'W941234567',
  description: 'Vide pour une association d’Alsace-Moselle',
} as const;
const ADDRESS = {
  max: 500,
  example: '12 rue Marat, 94200 Ivry-sur-Seine',
  description: 'L’adresse postale du siège, sur une ligne',
} as const;
const PHONE = { max: 30, optional: true, nullable: true } as const;
const INSEE = {
  max: 5,
  optional: true,
  nullable: true,
  example: '94041',
  description: 'Code INSEE de la commune du siège. Absent : déduit de la fin de l’adresse. Null : hors du territoire',
} as const;

export class CreateOrganisationRequest {
  @Text(SIRET) siret!: string;
  @Text(RNA) rna?: string | null;
  @Text({ max: 300 }) name!: string;
  @OneOf(LEGAL_FORMS) legalForm!: LegalForm;
  @Text(ADDRESS) address!: string;
  @Email() email!: string;
  @Text(PHONE) phone?: string | null;
  @Text(INSEE) inseeCode?: string | null;
}

export class UpdateOrganisationRequest {
  @Text(RNA) rna?: string | null;
  @Text({ max: 300, optional: true }) name?: string;
  @OneOf(LEGAL_FORMS, { optional: true }) legalForm?: LegalForm;
  @Text({ ...ADDRESS, optional: true }) address?: string;
  @Email({ optional: true }) email?: string;
  @Text(PHONE) phone?: string | null;
  @Text(INSEE) inseeCode?: string | null;
}

export class OrganisationsQuery extends ListQuery {
  @Text({ ...SIRET, optional: true }) siret?: string;
  @Text({ max: 200, optional: true, description: 'Une partie du nom' }) q?: string;
  @Text({ max: 5, optional: true, description: 'Code INSEE de la commune du siège', example: '94041' }) commune?: string;
}

export class LookupQuery {
  @Text(SIRET) siret!: string;
}

export class AskToJoinRequest {
  @TextList({ max: MEMBER_ROLES.length, min: 1, each: 20, oneOf: MEMBER_ROLES }) roles!: MemberRole[];
  @Text({ max: 1000, optional: true, description: 'Qui vous êtes dans la structure, pour qui décidera' }) message?: string;
}

export class GrantMembershipRequest {
  @TextList({ max: MEMBER_ROLES.length, min: 1, each: 20, oneOf: MEMBER_ROLES, optional: true, description: 'Absent : ceux demandés' })
  roles?: MemberRole[];
}

export class ChangeRolesRequest {
  @TextList({ max: MEMBER_ROLES.length, min: 1, each: 20, oneOf: MEMBER_ROLES }) roles!: MemberRole[];
}

export class ReasonRequest {
  @Text({ max: 1000 }) reason!: string;
}

export class VerifySignatoryRequest {
  @Text({ max: 1000, example: 'Procès-verbal de l’assemblée générale du 12 mars 2026', description: 'Le document vu' }) evidence!: string;
}

export class MembershipsQuery extends ListQuery {
  @OneOf(MEMBERSHIP_STATES, { optional: true }) state?: MembershipState;
}
