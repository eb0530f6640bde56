import {
  accountConfirmation,
  invitation,
  membershipEnded,
  membershipGranted,
  membershipRefused,
  membershipRequested,
  passwordReset,
} from './account.messages.js';
import { actNotified, actsToSign } from './act.messages.js';
import { committeeConvened, minutesAvailable } from './committee.messages.js';
import type { MailData, MailKind } from '../../domain/mail-data.js';
import {
  admissible,
  attestationRequested,
  closingReminder,
  complementAnswered,
  complementAsked,
  dossierWithdrawn,
  inadmissible,
  receipt,
} from './dossier.messages.js';
import { documentsExpiring } from './document.message.js';
import { dossierMessage } from './dossier-message.message.js';
import { layOut, type RenderedMail } from './layout.js';
import type { Message } from './message.js';
import { cpoRenewal, trancheToAnnounce, trancheToConfirm } from './cpo.messages.js';
import { repaymentAsked, reportAccepted, reportsDue, reportSubmitted, reportToAmend } from './report.messages.js';
import { complementLapsed, complementUnanswered, decisionsDue, implicitRejection } from './silence.messages.js';
import {
  callClosing,
  callOpen,
  callPublished,
  dossiersFiled,
  envelopeNearlyUsed,
  opinionsAsked,
  opinionsGiven,
} from './steering.messages.js';
import { paymentAnnounced, paymentCancelled, paymentsDue, paymentsMade, paymentsReversed } from './payment.messages.js';
import { results } from './results.message.js';
import { accountClosing } from './retention.messages.js';
import { webhookStopped } from './webhook.messages.js';
import { trancheNotified } from './tranche.message.js';

export type { MailData, MailKind } from '../../domain/mail-data.js';
export type { RenderedMail } from './layout.js';

/** Every message that Bièvre sends, and who words it. */
const WORDINGS: { readonly [Kind in MailKind]: (data: MailData[Kind]) => Message } = {
  'account-confirmation': accountConfirmation,
  'password-reset': passwordReset,
  invitation,
  'account-closing': accountClosing,
  'webhook-stopped': webhookStopped,
  'membership-requested': membershipRequested,
  'membership-granted': membershipGranted,
  'membership-refused': membershipRefused,
  'membership-ended': membershipEnded,
  'attestation-requested': attestationRequested,
  receipt,
  'complement-asked': complementAsked,
  'complement-answered': complementAnswered,
  'decisions-due': decisionsDue,
  'implicit-rejection': implicitRejection,
  'complement-lapsed': complementLapsed,
  'complement-unanswered': complementUnanswered,
  admissible,
  inadmissible,
  results,
  'closing-reminder': closingReminder,
  'dossier-withdrawn': dossierWithdrawn,
  'dossier-message': dossierMessage,
  'document-expiring': documentsExpiring,
  'committee-convened': committeeConvened,
  'minutes-available': minutesAvailable,
  'acts-to-sign': actsToSign,
  'act-notified': actNotified,
  'tranche-notified': trancheNotified,
  'payment-announced': paymentAnnounced,
  'payments-due': paymentsDue,
  'payment-cancelled': paymentCancelled,
  'payments-made': paymentsMade,
  'payments-reversed': paymentsReversed,
  'reports-due': reportsDue,
  'report-submitted': reportSubmitted,
  'report-to-amend': reportToAmend,
  'report-accepted': reportAccepted,
  'repayment-asked': repaymentAsked,
  'tranche-to-confirm': trancheToConfirm,
  'tranche-to-announce': trancheToAnnounce,
  'cpo-renewal': cpoRenewal,
  'dossiers-filed': dossiersFiled,
  'opinions-asked': opinionsAsked,
  'opinions-given': opinionsGiven,
  'envelope-nearly-used': envelopeNearlyUsed,
  'call-published': callPublished,
  'call-open': callOpen,
  'call-closing': callClosing,
};

/** What a message says, before it is laid out. */
export function worded<Kind extends MailKind>(kind: Kind, data: MailData[Kind]): Message {
  return WORDINGS[kind](data);
}

export function render<Kind extends MailKind>(kind: Kind, data: MailData[Kind]): RenderedMail {
  return layOut(worded(kind, data));
}
