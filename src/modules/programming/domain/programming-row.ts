import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import type { FirstApproval } from './first-approval.js';

/** The order of the programming table; by id unless said. */
export const PROGRAMMING_SORTS = ['requestedCents', '-requestedCents'] as const;
export type ProgrammingSort = (typeof PROGRAMMING_SORTS)[number];

/** What the programming table is filtered by; every filter given must hold. */
export interface ProgrammingFilter {
  readonly callId?: string;
  readonly funderId?: string;
  readonly status?: string;
  readonly orientation?: string;
  readonly qpv?: string;
  readonly commune?: string;
  readonly sector?: string;
  readonly organisationId?: string;
  readonly dossierId?: string;
  /** Part of the name of the organisation, of the number of the dossier or of the title of the action, whatever the case and the accents. */
  readonly q?: string;
  /** Organisations whose files the reader must not judge, hence does not see judged. */
  readonly exceptOrganisations?: readonly string[];
}

export interface OpinionOnLine {
  readonly role: string;
  readonly opinion: string;
  /** Cents; exact, being under 2^53. */
  readonly proposedCents: number | null;
  readonly reason: string | null;
  /** RFC 3339. */
  readonly givenAt: string;
}

/** One line of the programming table, with what a committee looks at. No name of a person in it. */
export interface ProgrammingRow {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly callId: string;
  readonly dossierId: string;
  readonly dossierNumber: string;
  readonly dossierTitle: string;
  readonly dossierState: string;
  readonly actionId: string;
  readonly actionTitle: string;
  readonly orientationCode: string;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly qpv: readonly string[];
  readonly communes: readonly string[];
  readonly organisationId: string;
  readonly organisationName: string;
  readonly funderId: string;
  readonly funderCode: string;
  readonly funderName: string;
  readonly scheme: string | null;
  readonly year: number;
  readonly requestedCents: Money;
  readonly proposedCents: Money | null;
  readonly grantedCents: Money | null;
  readonly reservedCents: Money;
  readonly committedCents: Money;
  readonly envelopeId: string | null;
  readonly decidedOn: Day | null;
  readonly decisionReference: string | null;
  readonly reason: string | null;
  readonly announcedAt: Date | null;
  /** Whether who attested its dossier was verified on evidence. */
  readonly signatoryVerified: boolean;
  readonly firstApproval: FirstApproval | null;
  readonly opinions: readonly OpinionOnLine[];
}
