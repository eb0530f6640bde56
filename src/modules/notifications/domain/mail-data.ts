import type { Day } from '../../../kernel/day.js';
import type { Money } from '../../../kernel/money.js';
import type { ActNotified, ActsToSign, TrancheNotified } from './mail-data.act.js';
import type { CommitteeConvened, MinutesAvailable } from './mail-data.committee.js';
import type { PaymentAnnounced, PaymentCancelled, PaymentsDue, PaymentsMade, PaymentsReversed } from './mail-data.payment.js';
import type { DocumentsExpiring } from './mail-data.document.js';
import type { DossierMessage } from './mail-data.dossier-message.js';
import type { CpoRenewal, TrancheToAnnounce, TrancheToConfirm } from './mail-data.cpo.js';
import type { RepaymentAsked, ReportAccepted, ReportsDue, ReportSubmitted, ReportToAmend } from './mail-data.report.js';
import type {
  CallClosing,
  CallOpen,
  CallPublished,
  DossiersFiled,
  EnvelopeNearlyUsed,
  OpinionsAsked,
  OpinionsGiven,
} from './mail-data.steering.js';
import type { AccountClosing } from './mail-data.retention.js';
import type { ComplementLapsed, ComplementUnanswered, DecisionsDue, ImplicitRejection } from './mail-data.silence.js';
import type { WebhookStopped } from './mail-data.webhook.js';
import type { AboutDossier, CallRef, DossierRef, ToSomeone, WithLink } from './mail-parts.js';

export type { CallRef, DossierRef } from './mail-parts.js';
export type * from './mail-data.act.js';
export type * from './mail-data.committee.js';
export type * from './mail-data.cpo.js';
export type * from './mail-data.document.js';
export type * from './mail-data.dossier-message.js';
export type * from './mail-data.payment.js';
export type * from './mail-data.report.js';
export type * from './mail-data.retention.js';
export type * from './mail-data.silence.js';
export type * from './mail-data.steering.js';
export type * from './mail-data.webhook.js';

/** A one-time code, and the operation it is for. `link` explains how to call it. */
export interface OneTimeCode extends ToSomeone, WithLink {
  readonly code: string;
  /** Such as `POST https://…/v1/auth/confirm-email`. */
  readonly operation: string;
  readonly expiresAt: Date;
}

export interface Invitation extends OneTimeCode {
  /** Null when nobody is named: an installation's first administrator. */
  readonly invitedBy: string | null;
  /** What they will be able to do, in French: « instruction des dossiers (Ivry-sur-Seine) ». Empty when nothing is given yet. */
  readonly purposes: readonly string[];
}

export interface MembershipRequested extends ToSomeone, WithLink {
  readonly requesterName: string;
  readonly requesterEmail: string;
  readonly organisation: string;
  /** What they wrote with their request. */
  readonly message: string | null;
  /** « rédacteur », « signataire »… */
  readonly role: string;
}

export interface MembershipGranted extends ToSomeone, WithLink {
  readonly organisation: string;
  readonly role: string;
}

export interface MembershipRefused extends ToSomeone, WithLink {
  readonly organisation: string;
  readonly reason: string | null;
}

/** Someone put an end to it. */
export type MembershipEnded = MembershipRefused;

export interface AttestationRequested extends AboutDossier {
  readonly closesAt: Date;
}

export interface Receipt extends AboutDossier {
  readonly call: CallRef;
  readonly receiptNumber: string;
  readonly receivedAt: Date;
  readonly implicitRejectionOn: Day;
  readonly requestedCents: Money;
}

export interface ComplementItem {
  /** « Action 1, description »; null for the whole dossier, or a place that has no name. */
  readonly place: string | null;
  readonly text: string;
}

export interface ComplementAsked extends AboutDossier {
  readonly reason: string;
  readonly items: readonly ComplementItem[];
  /** What closes it, such as `POST https://…/v1/dossiers/{id}/complements`. */
  readonly operation: string;
  readonly dueOn: Day;
}

export interface ComplementAnswered extends AboutDossier {
  /** What had been asked. */
  readonly reason: string;
  readonly answeredAt: Date;
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
  readonly 'account-confirmation': OneTimeCode;
  readonly 'password-reset': OneTimeCode;
  readonly invitation: Invitation;
  readonly 'account-closing': AccountClosing;
  readonly 'webhook-stopped': WebhookStopped;
  readonly 'membership-requested': MembershipRequested;
  readonly 'membership-granted': MembershipGranted;
  readonly 'membership-refused': MembershipRefused;
  readonly 'membership-ended': MembershipEnded;
  readonly 'attestation-requested': AttestationRequested;
  readonly receipt: Receipt;
  readonly 'complement-asked': ComplementAsked;
  readonly 'complement-answered': ComplementAnswered;
  readonly 'complement-lapsed': ComplementLapsed;
  readonly 'complement-unanswered': ComplementUnanswered;
  readonly 'decisions-due': DecisionsDue;
  readonly 'implicit-rejection': ImplicitRejection;
  readonly admissible: Admissible;
  readonly inadmissible: Inadmissible;
  readonly results: Results;
  readonly 'closing-reminder': ClosingReminder;
  readonly 'dossier-withdrawn': DossierWithdrawn;
  readonly 'dossier-message': DossierMessage;
  readonly 'document-expiring': DocumentsExpiring;
  readonly 'acts-to-sign': ActsToSign;
  readonly 'act-notified': ActNotified;
  readonly 'tranche-notified': TrancheNotified;
  readonly 'payment-announced': PaymentAnnounced;
  readonly 'payments-due': PaymentsDue;
  readonly 'payment-cancelled': PaymentCancelled;
  readonly 'payments-made': PaymentsMade;
  readonly 'payments-reversed': PaymentsReversed;
  readonly 'reports-due': ReportsDue;
  readonly 'report-submitted': ReportSubmitted;
  readonly 'report-to-amend': ReportToAmend;
  readonly 'report-accepted': ReportAccepted;
  readonly 'repayment-asked': RepaymentAsked;
  readonly 'tranche-to-confirm': TrancheToConfirm;
  readonly 'tranche-to-announce': TrancheToAnnounce;
  readonly 'cpo-renewal': CpoRenewal;
  readonly 'dossiers-filed': DossiersFiled;
  readonly 'opinions-asked': OpinionsAsked;
  readonly 'opinions-given': OpinionsGiven;
  readonly 'envelope-nearly-used': EnvelopeNearlyUsed;
  readonly 'call-published': CallPublished;
  readonly 'call-open': CallOpen;
  readonly 'call-closing': CallClosing;
  readonly 'committee-convened': CommitteeConvened;
  readonly 'minutes-available': MinutesAvailable;
}

export type MailKind = keyof MailData;
