import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';

/** Every message greets someone. */
interface ToSomeone {
  readonly recipientName: string;
}

/** A way to the thing that the message is about. */
interface WithLink {
  readonly link: string;
}

export interface DossierRef {
  /** `2027-GOSB-000123` */
  readonly number: string;
  readonly title: string;
  readonly organisation: string;
}

export interface CallRef {
  readonly title: string;
  readonly year: number;
}

interface AboutDossier extends ToSomeone, WithLink {
  readonly dossier: DossierRef;
}

/** A one-time link, and the code it carries for those who don't use the link. */
export interface OneTimeLink extends ToSomeone, WithLink {
  readonly code: string;
  readonly expiresAt: Date;
}

export interface Invitation extends OneTimeLink {
  readonly invitedBy: string;
  /** What they will be able to do, in French: « instruire les dossiers d'Ivry-sur-Seine ». */
  readonly purpose: string;
}

export interface MembershipRequested extends ToSomeone, WithLink {
  readonly requesterName: string;
  readonly requesterEmail: string;
  readonly organisation: string;
  /** « rédacteur », « signataire »… */
  readonly role: string;
}

export interface MembershipGranted extends ToSomeone, WithLink {
  readonly organisation: string;
  readonly role: string;
}

export interface AttestationRequested extends AboutDossier {
  readonly requestedBy: string;
  readonly closesAt: Date;
}

export interface Receipt extends AboutDossier {
  readonly call: CallRef;
  readonly receiptNumber: string;
  readonly receivedAt: Date;
  readonly implicitRejectionOn: Day;
  readonly requestedCents: Money;
}

export interface ComplementAsked extends AboutDossier {
  readonly reason: string;
  readonly items: readonly string[];
  readonly dueOn: Day;
}

export interface Inadmissible extends AboutDossier {
  readonly reason: string;
}

export type Admissible = AboutDossier;

export interface DossierWithdrawn extends AboutDossier {
  readonly withdrawnAt: Date;
  readonly reason: string | null;
}

export type Decision =
  { readonly outcome: 'granted'; readonly amountCents: Money } | { readonly outcome: 'refused'; readonly reason: string };

export interface DecidedLine {
  readonly funder: string;
  readonly scheme: string | null;
  readonly year: number;
  readonly requestedCents: Money;
  readonly decision: Decision;
}

export interface Results extends ToSomeone, WithLink {
  readonly organisation: string;
  readonly call: CallRef;
  /** Only what is decided and announced. */
  readonly dossiers: readonly {
    readonly number: string;
    readonly title: string;
    readonly actions: readonly { readonly title: string; readonly lines: readonly DecidedLine[] }[];
  }[];
  /** Requests of the organisation in this call on which nothing is announced yet. */
  readonly undecidedCount: number;
}

export interface ClosingReminder extends ToSomeone, WithLink {
  readonly call: CallRef;
  readonly closesAt: Date;
  readonly drafts: readonly DossierRef[];
}

/** What each kind of message needs to be written. */
export interface MailData {
  readonly 'account-confirmation': OneTimeLink;
  readonly 'password-reset': OneTimeLink;
  readonly invitation: Invitation;
  readonly 'membership-requested': MembershipRequested;
  readonly 'membership-granted': MembershipGranted;
  readonly 'attestation-requested': AttestationRequested;
  readonly receipt: Receipt;
  readonly 'complement-asked': ComplementAsked;
  readonly admissible: Admissible;
  readonly inadmissible: Inadmissible;
  readonly results: Results;
  readonly 'closing-reminder': ClosingReminder;
  readonly 'dossier-withdrawn': DossierWithdrawn;
}

export type MailKind = keyof MailData;
