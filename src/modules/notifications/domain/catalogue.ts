import type { MailKind } from './mail-data.js';

/** Who is told, by name; how each is found is the audience repository's business. Only people with a confirmed, open account, but for the first. */
export type Audience =
  /** The person the account is for, confirmed or not. */
  | 'account-holder'
  /** The organisation's administrators; without any, the instructors of its commune; without any, the coordination. Never who asks. */
  | 'membership-deciders'
  | 'membership-requester'
  | 'signatories'
  /** Editors and signatories of the organisation, and who submitted the dossier. */
  | 'dossier-team'
  /** Instructors of the dossier's communes, for a dossier that was submitted: of a draft they know nothing. */
  | 'dossier-instructors'
  /** Those, and who proposed or decided its lines, and the partners of the funders that it asked. */
  | 'dossier-judges'
  /** Who asked for the complement; the dossier's instructors when they left. */
  | 'complement-asker'
  /**
   * Of a message: the other side. Editors and signatories of the organisation, or the dossier's instructors (without any, the coordination); and
   * whoever wrote in the thread. Of an internal note: the instructors, and the staff who wrote. Never its author.
   */
  | 'message-readers'
  | 'organisation-members'
  /** Those of them who were told that this payment had been asked for. */
  | 'payment-told'
  /** Who signs the acts of a funder, but for who may judge none of the organisations they are for. */
  | 'act-signers'
  /** Editors and signatories: those who write what is asked. */
  | 'organisation-writers'
  /** Who judges a report for one of the funders that it was filed with. */
  | 'report-judges'
  /** Who may confirm that year of a CPO, but for who reserved its credits. */
  | 'tranche-confirmers'
  | 'coordination'
  /** Editors and signatories of the organisations that filed a dossier in the two years before. */
  | 'call-followers'
  | 'endpoint-owner'
  /** Those of them who have an account. */
  | 'committee-members';

/** What a message is about, as its reader will look it up. */
export const OBJECT_TYPES = [
  'user',
  'membership',
  'dossier',
  'call',
  'act',
  'committee',
  'organisation',
  'report',
  'repayment',
  'cpo',
  'envelope',
  'webhook-endpoint',
] as const;
export type ObjectType = (typeof OBJECT_TYPES)[number];

export interface CatalogueEntry {
  readonly object: ObjectType;
  /** The payload's field that holds the object's id. */
  readonly objectId: string;
  readonly audience: Audience;
  /** One kind of message; or one by state of the object (of an act, what it notifies), nobody being told of the states left out. */
  readonly mail: MailKind | Readonly<Record<string, MailKind>>;
  /** Others whom the same fact concerns otherwise. Who is of both is told the first. */
  readonly also?: { readonly audience: Audience; readonly mail: MailKind };
}

/**
 * Event → whom it is told to, and by which message. The boot stops on an event that some module tells and that is not here: what a fact means
 * for people is always thought about. The reminder before closing follows from the clock and not from an event.
 */
export const CATALOGUE = {
  'account.registered.v1': { object: 'user', objectId: 'userId', audience: 'account-holder', mail: 'account-confirmation' },
  'account.invited.v1': { object: 'user', objectId: 'userId', audience: 'account-holder', mail: 'invitation' },
  'account.password-reset-asked.v1': { object: 'user', objectId: 'userId', audience: 'account-holder', mail: 'password-reset' },
  'account.closing-announced.v1': { object: 'user', objectId: 'userId', audience: 'account-holder', mail: 'account-closing' },

  'membership.requested.v1': {
    object: 'membership',
    objectId: 'membershipId',
    audience: 'membership-deciders',
    mail: 'membership-requested',
  },
  'membership.decided.v1': {
    object: 'membership',
    objectId: 'membershipId',
    audience: 'membership-requester',
    mail: { active: 'membership-granted', refused: 'membership-refused', ended: 'membership-ended' },
  },

  'dossier.attestation-requested.v1': { object: 'dossier', objectId: 'dossierId', audience: 'signatories', mail: 'attestation-requested' },
  'dossier.submitted.v1': { object: 'dossier', objectId: 'dossierId', audience: 'dossier-team', mail: 'receipt' },
  'dossier.withdrawn.v1': { object: 'dossier', objectId: 'dossierId', audience: 'dossier-judges', mail: 'dossier-withdrawn' },
  'complement.requested.v1': { object: 'dossier', objectId: 'dossierId', audience: 'dossier-team', mail: 'complement-asked' },
  'complement.answered.v1': { object: 'dossier', objectId: 'dossierId', audience: 'complement-asker', mail: 'complement-answered' },
  'complement.lapsed.v1': {
    object: 'dossier',
    objectId: 'dossierId',
    audience: 'dossier-team',
    mail: 'complement-lapsed',
    also: { audience: 'complement-asker', mail: 'complement-unanswered' },
  },
  'dossier.admissibility-decided.v1': {
    object: 'dossier',
    objectId: 'dossierId',
    audience: 'dossier-team',
    mail: { admissible: 'admissible', inadmissible: 'inadmissible' },
  },
  'dossier.message-posted.v1': { object: 'dossier', objectId: 'dossierId', audience: 'message-readers', mail: 'dossier-message' },

  'results.announced.v1': { object: 'call', objectId: 'callId', audience: 'organisation-members', mail: 'results' },
  'committee.convened.v1': { object: 'committee', objectId: 'committeeId', audience: 'committee-members', mail: 'committee-convened' },
  'committee.closed.v1': { object: 'committee', objectId: 'committeeId', audience: 'committee-members', mail: 'minutes-available' },
  'acts.prepared.v1': { object: 'call', objectId: 'callId', audience: 'act-signers', mail: 'acts-to-sign' },
  // Its beneficiary knows nothing of an act before it is notified: that it is signed is told to nobody else.
  'act.notified.v1': {
    object: 'act',
    objectId: 'actId',
    audience: 'organisation-members',
    mail: { notified: 'act-notified', tranche: 'tranche-notified' },
  },

  'payment.requested.v1': {
    object: 'organisation',
    objectId: 'organisationId',
    audience: 'organisation-members',
    mail: 'payment-announced',
  },
  'payment.request-cancelled.v1': {
    object: 'organisation',
    objectId: 'organisationId',
    audience: 'payment-told',
    mail: 'payment-cancelled',
  },
  'payments.made.v1': { object: 'organisation', objectId: 'organisationId', audience: 'organisation-members', mail: 'payments-made' },
  'payments.reversed.v1': {
    object: 'organisation',
    objectId: 'organisationId',
    audience: 'organisation-members',
    mail: 'payments-reversed',
  },

  'report.submitted.v1': { object: 'report', objectId: 'reportId', audience: 'report-judges', mail: 'report-submitted' },
  'report.amendment-asked.v1': { object: 'report', objectId: 'reportId', audience: 'organisation-writers', mail: 'report-to-amend' },
  'report.accepted.v1': { object: 'report', objectId: 'reportId', audience: 'organisation-writers', mail: 'report-accepted' },
  'repayment.asked.v1': { object: 'repayment', objectId: 'repaymentId', audience: 'organisation-members', mail: 'repayment-asked' },

  'tranche.opened.v1': { object: 'cpo', objectId: 'cpoId', audience: 'tranche-confirmers', mail: 'tranche-to-confirm' },
  'tranche.confirmed.v1': { object: 'cpo', objectId: 'cpoId', audience: 'coordination', mail: 'tranche-to-announce' },

  'call.published.v1': { object: 'call', objectId: 'callId', audience: 'call-followers', mail: 'call-published' },

  'webhook-endpoint.stopped.v1': {
    object: 'webhook-endpoint',
    objectId: 'endpointId',
    audience: 'endpoint-owner',
    mail: 'webhook-stopped',
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>;

export type NotifiedEvent = keyof typeof CATALOGUE;
export const NOTIFIED_EVENTS = Object.keys(CATALOGUE) as readonly NotifiedEvent[];

/** Whom it is told to, and as what: most often one audience. */
export function tellings(entry: CatalogueEntry): readonly Pick<CatalogueEntry, 'audience' | 'mail'>[] {
  return [entry, ...(entry.also ? [entry.also] : [])];
}

/** Every message that the event may make, whoever it is for. */
export function mailsOf({ mail, also }: CatalogueEntry): readonly MailKind[] {
  return [...(typeof mail === 'string' ? [mail] : Object.values(mail)), ...(also ? [also.mail] : [])];
}

/** The message for an object in that state, or null when there is nothing to say. */
export function mailFor({ mail }: Pick<CatalogueEntry, 'mail'>, state: string | null): MailKind | null {
  if (typeof mail === 'string') return mail;
  return state === null ? null : (mail[state] ?? null);
}

/** Messages that open or recover an account: they go to an address that is not confirmed yet. */
const ACCOUNT_MAILS: ReadonlySet<MailKind> = new Set<MailKind>(['account-confirmation', 'invitation', 'password-reset']);

/** Whether this person may be written to now. */
export function mayReceive(kind: MailKind, person: { readonly isConfirmed: boolean; readonly isDisabled: boolean }): boolean {
  return !person.isDisabled && (person.isConfirmed || ACCOUNT_MAILS.has(kind));
}
