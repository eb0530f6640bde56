import { daysBetween, plusMonths, type Day } from '../../../kernel/day.js';
import { DocumentAlreadyExpired, IssuedInTheFuture, ValidityEndsBeforeIssue } from './organisation-document.errors.js';

export const DOCUMENT_KINDS = [
  ...(['statutes', 'bank-details', 'officers-list', 'annual-accounts', 'activity-report'] as const),
  ...(['insurance-certificate', 'accreditation'] as const),
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

interface KindRules {
  /** What people call it. */
  readonly label: string;
  /** Months that it is good for when nobody says until when; null: until it is replaced. */
  readonly months: number | null;
}

/**
 * The durations are this contract's habit and no law: those that a funder asks for again each year. Whoever gives a document that says its own
 * end says it, and that end counts. Another contract changes this table.
 */
export const DOCUMENT_RULES: Readonly<Record<DocumentKind, KindRules>> = {
  statutes: { label: 'statuts', months: null },
  'bank-details': { label: 'relevé d’identité bancaire (RIB)', months: null },
  'officers-list': { label: 'liste des dirigeants', months: 12 },
  'annual-accounts': { label: 'comptes annuels', months: 18 },
  'activity-report': { label: 'rapport d’activité', months: 18 },
  'insurance-certificate': { label: 'attestation d’assurance', months: 12 },
  accreditation: { label: 'agrément', months: null },
};

/** Days before its end from which a document is about to end. */
export const EXPIRING_DAYS = 30;

/** `none`: it has no end. The day it ends, it still counts. */
export const DOCUMENT_STATES = ['valid', 'expiring', 'expired', 'none'] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

/** A paper that an organisation gives once, for all its dossiers. It never changes: another of its kind supersedes it. */
export interface OrganisationDocument {
  readonly id: string;
  readonly organisationId: string;
  readonly kind: DocumentKind;
  readonly fileId: string;
  readonly name: string;
  /** Of the content, hexadecimal. */
  readonly sha256: string;
  readonly issuedOn: Day | null;
  readonly validUntil: Day | null;
}

export function documentState(validUntil: Day | null, today: Day): DocumentState {
  if (validUntil === null) return 'none';
  const left = daysBetween(today, validUntil);
  if (left < 0) return 'expired';
  return left <= EXPIRING_DAYS ? 'expiring' : 'valid';
}

/**
 * The last day that a document given today is good for: the one it says, else its kind's habit, counted from its issue (from today when it does
 * not say when it was issued); null for ever. @throws IssuedInTheFuture, ValidityEndsBeforeIssue, DocumentAlreadyExpired
 */
export function validityOf(
  { kind, issuedOn, validUntil }: Pick<OrganisationDocument, 'kind' | 'issuedOn' | 'validUntil'>,
  today: Day,
): Day | null {
  if (issuedOn !== null && issuedOn > today) throw new IssuedInTheFuture();
  if (issuedOn !== null && validUntil !== null && validUntil < issuedOn) throw new ValidityEndsBeforeIssue();
  const { months } = DOCUMENT_RULES[kind];
  const end = validUntil ?? (months === null ? null : plusMonths(issuedOn ?? today, months));
  if (end !== null && end < today) throw new DocumentAlreadyExpired(end);
  return end;
}
